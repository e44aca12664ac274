using Waveguide.LiveTests.Azure;
using Waveguide.LiveTests.S3;
using Waveguide.S3;
using Waveguide.Simulator;
using Waveguide.Storage;

namespace Waveguide.LiveTests;

/// <summary>The program itself, with a real bucket of Amplitude's own files as its source.</summary>
public sealed class BucketSourceTests(S3Service service, Azurite azurite)
{
    private static readonly DateTime Day = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);

    private static readonly GeneratedTraffic Traffic = GeneratedTraffic.Create(
        new TrafficOptions
        {
            FromUtc = Day,
            UntilUtc = Day.AddDays(1),
            EventsPerDay = 2_000,
        }
    );

    [Fact]
    public async Task A_day_of_a_bucket_in_S3_lands_as_it_was_exported()
    {
        var ceph = await service.GetAsync();
        var prefix = $"{Guid.NewGuid():n}";
        await using var program = await ServedProgram.StartAsync(Traffic);
        program.Set("AWS_ACCESS_KEY_ID", Ceph.AccessKey);
        program.Set("AWS_SECRET_ACCESS_KEY", Ceph.SecretKey);
        program.Set("AWS_ENDPOINT_URL_S3", $"{ceph.Address}");
        await LandAsync(
            program,
            new S3ObjectStore(ceph.Options(prefix), TimeProvider.System),
            $"s3://{Ceph.Bucket}/{prefix}?region=us-east-1"
        );
    }

    [Fact]
    public async Task A_day_of_a_container_in_Azure_lands_as_it_was_exported()
    {
        var container = await azurite.ContainerAsync();
        await using var program = await ServedProgram.StartAsync(Traffic);
        program.Set("AZURE_STORAGE_KEY", azurite.Key);
        await LandAsync(
            program,
            Azurite.Open(container with { Prefix = "export" }),
            $"azure://{Azurite.Account}/{container.Container}/export?endpoint={container.Endpoint}"
        );
    }

    private static async Task LandAsync(ServedProgram program, IObjectStore store, string bucket)
    {
        var app = 0;
        await using (store)
        {
            foreach (var part in Enumerable.Range(0, 24).SelectMany(hour => Traffic.Parts(Day.AddHours(hour))))
            {
                app = int.Parse(part.Name.Split('/')[0]);
                await store.PutAsync(part.Name, ObjectContent.Of(part.Gzip), default);
            }
        }

        await File.WriteAllTextAsync(
            program.At("waveguide.yml"),
            $"""
            source:
              type: bucket
              bucket: "{bucket}"
              app: {app}
            start: 2025-07-07
            load:
              spool: ./spool
            """
        );
        var (code, _, error) = await program.RunAsync("sync", "--until", "2025-07-08");
        Assert.True(code == 0, error);
        var truth = Enumerable.Range(0, 24).Sum(hour => Traffic.Truth(Day.AddHours(hour)).Events);
        Assert.Equal(
            $"{truth},{truth},24",
            await program.QueryAsync(
                "SELECT count(*), count(DISTINCT uuid), count(DISTINCT _upload_hour) FROM amplitude.events"
            )
        );
        Assert.Equal(0, program.Requests);
    }
}
