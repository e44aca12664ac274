using System.Globalization;
using System.Reflection;
using Waveguide.Benchmarks;

var root = typeof(SyncDay)
    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(attribute => attribute.Key == "RepositoryRoot")
    .Value!;
var rounds = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 3;
using var day = await SyncDay.PrepareAsync();
var text = await day.MeasureAsync(rounds);
Console.WriteLine(text);
await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "sync-day.md"), text);
