namespace Waveguide.Tests.Amplitude;

/// <summary>Members whose names lead elsewhere, among others that are in order.</summary>
public sealed class HostileNameTests : IDisposable
{
    private readonly Archives _archives = new();

    [Theory]
    [InlineData("../7_2025-07-09_1#0.json.gz")]
    [InlineData("7/../../7_2025-07-09_1#0.json.gz")]
    [InlineData("..\\7_2025-07-09_1#0.json.gz")]
    [InlineData("..\\..\\7\\7_2025-07-09_1#0.json.gz")]
    [InlineData("7/../7_2025-07-09_1#0.json.gz")]
    [InlineData("%2e%2e/7_2025-07-09_1#0.json.gz")]
    [InlineData("\uFF0E\uFF0E/7_2025-07-09_1#0.json.gz")]
    public Task A_name_with_dots_writes_no_file_outside_of_the_spool(string name) => AssertRefusedAsync(name);

    [Theory]
    [InlineData("/7_2025-07-09_1#0.json.gz")]
    [InlineData("//7_2025-07-09_1#0.json.gz")]
    [InlineData("/tmp/7_2025-07-09_1#0.json.gz")]
    [InlineData("\\7_2025-07-09_1#0.json.gz")]
    [InlineData("~/7_2025-07-09_1#0.json.gz")]
    public Task An_absolute_name_writes_no_file_outside_of_the_spool(string name) => AssertRefusedAsync(name);

    [Theory]
    [InlineData("C:/7_2025-07-09_1#0.json.gz")]
    [InlineData("C:\\7\\7_2025-07-09_1#0.json.gz")]
    [InlineData("C:7_2025-07-09_1#0.json.gz")]
    [InlineData("7/7_2025-07-09_1#0.json.gz:stream")]
    [InlineData("NUL")]
    public Task A_name_with_a_drive_or_a_device_writes_no_file_outside_of_the_spool(string name) =>
        AssertRefusedAsync(name);

    [Theory]
    [InlineData("\\\\server\\share\\7_2025-07-09_1#0.json.gz")]
    [InlineData("\\\\?\\C:\\7_2025-07-09_1#0.json.gz")]
    [InlineData("\\\\.\\pipe\\7_2025-07-09_1#0.json.gz")]
    [InlineData("//server/share/7_2025-07-09_1#0.json.gz")]
    public Task A_name_on_another_machine_writes_no_file_outside_of_the_spool(string name) => AssertRefusedAsync(name);

    public void Dispose() => _archives.Dispose();

    private async Task AssertRefusedAsync(string name)
    {
        foreach (var deflated in new[] { false, true })
        {
            var zip = await Archives.ZipAsync([
                Archives.Member(Archives.Name(4), Archives.Gzip("{}"), deflated: true),
                Archives.Member(name, Archives.Gzip("{}"), deflated),
            ]);
            Assert.Contains(
                "is not the name of an export file",
                await _archives.FaultAsync(zip),
                StringComparison.Ordinal
            );
            Assert.All(_archives.Files(), path => Assert.StartsWith("export.zip", path, StringComparison.Ordinal));
        }
    }
}
