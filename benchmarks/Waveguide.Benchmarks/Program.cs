using System.Globalization;
using System.Reflection;
using Waveguide.Benchmarks;

if (args is ["work", var kind, var archive, var folder])
{
    Console.WriteLine(await Work.RunAsync(kind, archive, folder));
    return;
}

var root = typeof(Work)
    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(attribute => attribute.Key == "RepositoryRoot")
    .Value!;
var rounds = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 3;
var text = await Report.WriteAsync(rounds);
Console.WriteLine(text);
await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "day.md"), text);
