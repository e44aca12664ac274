namespace Waveguide;

/// <summary>
/// The straight line: coverage, plan, fetch, scan, load, report. First run, resume, backfill and repair are the same
/// work: the wanted hours less those that are covered.
/// </summary>
public sealed class Pipeline(
    ISource source,
    IDestination destination,
    PipelineOptions options,
    TimeProvider clock,
    IProgress<PipelineEvent> progress
)
{
    /// <summary>Slices that fail one after the other for want of an answer before the run gives up.</summary>
    private const int MostUnanswered = 3;

    /// <summary>Waits for a task, whatever comes of it, and goes on where the caller is, as every other wait does.</summary>
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>Loads what is missing and looks again at what is due.</summary>
    /// <exception cref="SourceException">
    /// The source refuses the credentials or was never reached, or the spool cannot be used.
    /// </exception>
    /// <exception cref="DestinationException">The destination cannot be read or written.</exception>
    public async Task<RunReport> RunAsync(Table table, RunRequest request, CancellationToken cancellationToken)
    {
        var coverage = await destination.CoverageAsync(source.Project, table, cancellationToken);
        var planner = new Planner(source, options.Availability, clock);
        var plan = await planner.PlanAsync(table, request, coverage, cancellationToken);
        progress.Report(new PipelineEvent.Planned(plan));
        var run = new Run(plan, new Window(coverage.Window)) { Again = request.Again };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (await NextAsync(run, stop.Token) is { } fetch)
            {
                await SettleAsync(run, fetch, stop.Token);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Interrupted = true;
        }
        finally
        {
            await stop.CancelAsync();
            await DropAsync(run.Fetching);
        }

        return new RunReport(plan, run.Committed, run.Failed, run.Interrupted) { NotOffered = run.NotOffered };
    }

    private async Task<Fetch?> NextAsync(Run run, CancellationToken cancellationToken)
    {
        while (run.Fetching.Count < options.FetchAhead && run.Waiting.TryDequeue(out var slice))
        {
            var content = destination.KeepsParts ? new SliceContent(slice, options) : null;
            run.Fetching.Enqueue(new Fetch(slice, source.FetchAsync(slice, content, cancellationToken)));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!run.Fetching.TryPeek(out var next))
        {
            return null;
        }

        await ((Task)next.Answer).ConfigureAwait(Quietly);
        return run.Fetching.Dequeue();
    }

    private async Task SettleAsync(Run run, Fetch fetch, CancellationToken cancellationToken)
    {
        var slice = fetch.Slice;
        try
        {
            using var fetched = await fetch.Answer;
            await LoadAsync(run, fetched, cancellationToken);
        }
        catch (SourceException reason) when (Narrower(reason) && IsDivisible(slice))
        {
            run.Window.Narrow(slice);
            await ReplanAsync(run, slice, cancellationToken);
            progress.Report(new PipelineEvent.Narrowed(slice, run.Window.Hours, reason));
        }
        catch (SourceException reason) when (reason.Failure == SourceFailure.NotOffered)
        {
            run.NotOffered = reason;
            run.Waiting.Clear();
            progress.Report(new PipelineEvent.NotOffered(slice, reason));
        }
        catch (SourceException reason) when (!EndsRun(run, reason))
        {
            var state = reason.Failure == SourceFailure.TooLarge ? HourState.TooLarge : HourState.Failed;
            await destination.MarkAsync(slice, state, reason.Message, cancellationToken);
            Fail(run, new PipelineEvent.Failed(slice, state, reason));
            run.Unanswered = reason.Failure is SourceFailure.Unavailable or SourceFailure.Unreachable
                ? run.Unanswered + 1
                : 0;
            if (run.Unanswered == MostUnanswered)
            {
                run.Waiting.Clear();
            }
        }
    }

    private async Task LoadAsync(Run run, FetchedSlice fetched, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        foreach (var notice in fetched.Notices)
        {
            progress.Report(new PipelineEvent.Noticed(fetched.Slice, notice));
        }

        var scan = new Scan(fetched, options, clock.GetUtcNow()) { Rewrites = run.Again };
        var manifest = await destination.LoadAsync(scan, cancellationToken);
        fetched.Committed();
        run.Committed.Add(manifest);
        run.Unanswered = 0;
        progress.Report(new PipelineEvent.Committed(manifest, clock.GetElapsedTime(started)));
        if (fetched.Lacking is { } reason)
        {
            Fail(run, new PipelineEvent.Failed(fetched.Slice, HourState.Failed, reason));
        }

        if (run.Window.Widen(fetched.Slice))
        {
            await ReplanAsync(run, failed: null, cancellationToken);
        }
    }

    private void Fail(Run run, PipelineEvent.Failed failed)
    {
        run.Failed.Add(failed);
        progress.Report(failed);
    }

    /// <summary>Cuts what waits, and the slice that failed if there is one, to the window that holds now.</summary>
    private async Task ReplanAsync(Run run, Slice? failed, CancellationToken cancellationToken)
    {
        var waiting = failed is null ? run.Waiting : run.Waiting.Prepend(failed);
        if (waiting.FirstOrDefault() is not { } first)
        {
            return;
        }

        var hours = HourRange.Gather(waiting.SelectMany(slice => slice.Hours.Hours()));
        run.Waiting = new Queue<Slice>(await source.PlanAsync(first.Table, hours, run.Window.Hours, cancellationToken));
    }

    /// <summary>Whether no other slice can fare better either.</summary>
    private static bool EndsRun(Run run, SourceException reason) =>
        reason.Failure is SourceFailure.Refused or SourceFailure.NoSpool
        || (reason.Failure == SourceFailure.Unreachable && run.Committed.Count == 0);

    /// <summary>Days of a daily table and snapshots are asked for as wholes.</summary>
    private static bool IsDivisible(Slice slice) => slice.Hours.Count > 1 && slice.Table.Kind == TableKind.Hourly;

    private static bool Narrower(SourceException reason) =>
        reason.Failure is SourceFailure.TooLarge or SourceFailure.TooSlow;

    private static async Task DropAsync(Queue<Fetch> fetching)
    {
        foreach (var fetch in fetching)
        {
            await ((Task)fetch.Answer).ConfigureAwait(Quietly);
            if (fetch.Answer.IsCompletedSuccessfully)
            {
                (await fetch.Answer).Dispose();
            }
        }
    }

    private sealed record Fetch(Slice Slice, Task<FetchedSlice> Answer);

    private sealed class Run(Plan plan, Window window)
    {
        public Window Window { get; } = window;

        /// <summary>Whether loaded hours are replaced, even by what seems to be the same.</summary>
        public bool Again { get; init; }

        public Queue<Slice> Waiting { get; set; } = new(plan.Slices);

        public Queue<Fetch> Fetching { get; } = new();

        public List<Manifest> Committed { get; } = [];

        public List<PipelineEvent.Failed> Failed { get; } = [];

        /// <summary>Slices in a row that got no answer, all attempts together.</summary>
        public int Unanswered { get; set; }

        public SourceException? NotOffered { get; set; }

        public bool Interrupted { get; set; }
    }
}
