using System.Globalization;
using System.Reflection;
using Waveguide.Benchmarks;

if (args is ["work", var kind, var archive, var folder])
{
    Console.WriteLine(await Work.RunAsync(kind, archive, folder));
    return;
}

if (args is ["lake-work", var how, var source, var workplace, var endpoint])
{
    var work = new LakeWork(source, workplace, new Uri(endpoint));
    var seconds = how == "copy" ? await work.CopyAsync() : await work.LoadAsync();
    Console.WriteLine(string.Join(' ', seconds.Select(one => one.ToString(CultureInfo.InvariantCulture))));
    return;
}

var root = typeof(Work)
    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(attribute => attribute.Key == "RepositoryRoot")
    .Value!;
var rounds = args.Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0)
    .DefaultIfEmpty()
    .Max();
string[] parts = [.. args.Where(word => !char.IsDigit(word[0])).DefaultIfEmpty("all")];
bool Wanted(string part) => parts.Contains(part) || parts.Contains("all");

var place = Directory.CreateTempSubdirectory("waveguide-benchmark-").FullName;
var waveguide = await Published.WaveguideAsync(root, place);
if (Wanted("day"))
{
    var works = await Published.WorksAsync(root, place);
    await KeepAsync("day.md", await new Report(waveguide, works).WriteAsync(rounds == 0 ? 3 : rounds));
}

if (Wanted("year"))
{
    await KeepAsync("year.md", await YearReport.WriteAsync(waveguide, Path.Combine(place, "year")));
}

if (Wanted("models"))
{
    await KeepAsync("models.md", await ModelsReport.WriteAsync(waveguide, Path.Combine(place, "models")));
}

if (Wanted("start"))
{
    await KeepAsync("start.md", await StartReport.WriteAsync(waveguide, Path.Combine(place, "start")));
}

if (Wanted("lake"))
{
    var works = await Published.WorksAsync(root, place);
    await KeepAsync("lake.md", await new LakeReport(works).WriteAsync(rounds == 0 ? 3 : rounds));
}

Directory.Delete(place, recursive: true);

async Task KeepAsync(string name, string text)
{
    Console.WriteLine(text);
    await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", name), text);
}
