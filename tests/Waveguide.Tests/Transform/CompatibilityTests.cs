namespace Waveguide.Tests.Transform;

/// <summary>
/// The views that stand in for what fivetran/dbt_amplitude (1.3.3, its staging macros and sources) reads have its columns and
/// the kinds of values that it takes them for; only the change of totals may have a fraction here.
/// </summary>
public sealed class CompatibilityTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task The_views_have_the_columns_that_Fivetrans_package_reads()
    {
        await _star.BuildAsync();
        Assert.Equal(
            [
                "BIGINT|event_type_id id schema session_id",
                "BOOLEAN|_fivetran_deleted is_attribution_event paying",
                "TIMESTAMP|_fivetran_synced client_event_time client_upload_time event_time processed_time "
                    + "server_received_time server_upload_time user_creation_time",
                "VARCHAR|_insert_id ad_id amplitude_attribution_ids amplitude_id app city country data device_brand "
                    + "device_carrier device_family device_id device_manufacturer device_model device_type dma "
                    + "event_properties event_type group_properties groups idfa ip_address language library location_lat "
                    + "location_lng os_name os_version platform project_name region start_version user_id user_properties "
                    + "uuid version_name",
            ],
            await ColumnsAsync("event")
        );
        Assert.Equal(
            [
                "BIGINT|id totals",
                "BOOLEAN|_fivetran_deleted autohidden deleted flow_hidden hidden in_waitroom non_active timeline_hidden",
                "DOUBLE|totals_delta",
                "TIMESTAMP|_fivetran_synced",
                "VARCHAR|display name project_name value waitroom_approved",
            ],
            await ColumnsAsync("event_type")
        );
    }

    private Task<IReadOnlyList<string>> ColumnsAsync(string view) =>
        _star.QueryAsync(
            $"""
            SELECT CASE WHEN data_type IN ('INTEGER', 'HUGEINT') THEN 'BIGINT' ELSE data_type END AS kind, string_agg(column_name, ' ' ORDER BY column_name)
            FROM information_schema.columns WHERE table_schema = 'analytics' AND table_name = '{view}' GROUP BY kind ORDER BY kind
            """
        );
}
