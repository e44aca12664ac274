namespace Waveguide.Tests.Transform;

/// <summary>The views that stand in for what fivetran/dbt_amplitude (1.3.3, its staging macros) reads have its columns.</summary>
public sealed class CompatibilityTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task The_views_have_the_columns_that_Fivetrans_package_reads()
    {
        await _star.BuildAsync();
        Assert.Equal(
            "_fivetran_synced _insert_id ad_id amplitude_id app city client_event_time client_upload_time country data "
                + "device_brand device_carrier device_family device_id device_manufacturer device_model device_type dma "
                + "event_properties event_time event_type event_type_id group_properties groups id idfa ip_address "
                + "is_attribution_event language library location_lat location_lng os_name os_version paying platform "
                + "processed_time project_name region schema server_received_time server_upload_time session_id "
                + "start_version user_creation_time user_id user_properties uuid version_name",
            await ColumnsAsync("event")
        );
        Assert.Equal(
            "_fivetran_deleted _fivetran_synced autohidden deleted display flow_hidden hidden id in_waitroom name "
                + "non_active project_name timeline_hidden totals totals_delta value waitroom_approved",
            await ColumnsAsync("event_type")
        );
    }

    private async Task<string> ColumnsAsync(string view) =>
        string.Join(
            ' ',
            await _star.QueryAsync(
                $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'analytics' AND table_name = '{view}' ORDER BY 1"
            )
        );
}
