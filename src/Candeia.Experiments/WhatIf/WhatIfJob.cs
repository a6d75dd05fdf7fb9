using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Candeia.Experiments;

/// <summary>Makes experiments: trains what has not been trained yet, and writes the answers after each.</summary>
sealed class WhatIfJob(
    WhatIfSettings settings, IReadOnlyList<Experiment> experiments, string dataFolder, string? digitsFolder, string outFolder, IStory story)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly List<Finished> _finished = [];
    List<Trial> _left = [];
    double _estimated, _spent;      // of the trainings that have been made: seconds foreseen, seconds taken

    /// <summary>Returns the answers. A page named in <paramref name="page"/> has them filled in.</summary>
    public List<Answer> Run(string? page, CancellationToken cancel)
    {
        if (page is not null)
        {
            WhatIfPage.Check(page, experiments);
            _ = new OutFolder(WhatIfPage.Images(page));
        }
        var files = new OutFolder(outFolder);
        var store = new TrialStore(new OutFolder(Path.Combine(outFolder, "trials")).Path);
        story.Title("What if?", $"{Threads.Count} threads, {Machine.Here().Vectors}, seed {settings.Seed}");

        story.Step("Data");
        var data = new DataRoom(settings, dataFolder, digitsFolder, story, cancel);
        bool digits = experiments.Any(e => e.OfDigits), plots = experiments.Any(e => !e.OfDigits);
        string fingerprint = plots ? data.Prepare(MostImages(data)) : "";
        string? ofDigits = digits ? data.Digits.Description : null;
        var plan = new Plan(settings, fingerprint, () => data.Digits);

        Check(plan, experiments);

        var estimate = new Estimate(() => data.Digits, cancel);
        Foresee(plan, store, estimate);

        var lab = new Lab(data, story);
        Outcome Do(Variant variant) => Make(variant, lab, store, estimate, cancel);
        foreach (var experiment in experiments)
        {
            story.Step($"{experiment.Name}: {experiment.Question}");
            double luck = Comparison.SpreadOf([.. experiment.Luck(plan).Select(v => (store.Find(v.Trial) ?? Do(v)).Error)]);
            var found = new Findings([.. experiment.Variants(plan).Select(v => new Result(v, Do(v)))], luck);
            found = found with { Later = [.. (experiment.Then?.Invoke(plan, found) ?? []).Select(v => new Result(v, Do(v)))] };
            _finished.Add(new(experiment, found));
            foreach (string sentence in _finished[^1].Conclusion.Split(". ")) story.Line($"→ {sentence.TrimEnd('.')}.");
            Write(files, new WhatIfReport(_finished, settings, ofDigits, [.. Plan.Seeds(plan.Baseline).Select(store.Find).OfType<Outcome>()]));
        }
        if (page is not null) WhatIfPage.Fill(page, _finished, ofDigits);
        story.Step("Files");
        story.Line($"{Path.Combine(outFolder, "report.html")}, and beside it results.json, after {Duration(_watch.Elapsed.TotalSeconds)}");
        return Answers;
    }

    List<Answer> Answers => [.. _finished.Select(f => f.Answer)];

    void Write(OutFolder files, WhatIfReport report)
    {
        files.Write("report.html", report.Page().Save);
        files.Write("results.json", f => WholeFile.Write(f, JsonSerializer.Serialize(Answers, WhatIfJson.Plain.ListAnswer) + "\n"));
    }

    // Those of the validation and the test stand behind those of the baseline, also where less is learnt from.
    long MostImages(DataRoom data) => settings.Images - settings.Train + experiments
        .SelectMany(e => e.Variants(new(settings, "", () => data.Digits))).Where(v => v.Trial.Problem != Problem.Digits).Max(v => Math.Max((long)settings.Train, v.Trial.Train));

    static void Check(Plan plan, IEnumerable<Experiment> experiments)
    {
        if (Math.Min(plan.Settings.BatchSize, plan.Settings.Train) > 1) return;
        if (experiments.FirstOrDefault(e => e.Variants(plan).Any(v => v.Trial.Network == Networks.Norm || v.Trial.Network == Networks.Both)) is { } norm)
            throw new UserException($"The experiment {norm.Name} normalizes batches, and a batch of one image has no variance; take a --batch-size and a --train of at least 2.");
    }

    // What follows from results that are not there yet is foreseen as one more baseline.
    void Foresee(Plan plan, TrialStore store, Estimate estimate)
    {
        List<Trial> all = [];
        double later = 0;
        foreach (var e in experiments)
        {
            var variants = e.Variants(plan);
            all.AddRange(e.Luck(plan).Concat(variants).Select(v => v.Trial));
            Result[] there = [.. variants.Where(v => store.Find(v.Trial) is not null).Select(v => new Result(v, store.Find(v.Trial)!))];
            if (there.Length < variants.Count) later += e.Then is null ? 0 : estimate.Of(plan.Baseline);
            else all.AddRange((e.Then?.Invoke(plan, new(there, 0)) ?? []).Select(v => v.Trial));
        }
        all = [.. all.Distinct()];
        _left = [.. all.Where(trial => store.Find(trial) is null)];
        double seconds = _left.Sum(estimate.Of) + later;
        string before = all.Count == _left.Count ? "" : $", {all.Count - _left.Count} of which have been made before";
        story.Line($"{Count.Of(experiments.Count, "experiment")} of {Count.Of(all.Count, "training")}{before}: {(_left.Count == 0 ? "nothing to train" : $"about {Duration(seconds)}")}");
    }

    Outcome Make(Variant variant, Lab lab, TrialStore store, Estimate estimate, CancellationToken cancel)
    {
        if (store.Find(variant.Trial) is { } there)
        {
            story.Line($"{variant.Label}: {Words.Measured(there)}  (made before)");
            return there;
        }
        cancel.ThrowIfCancellationRequested();
        double foreseen = estimate.Of(variant.Trial), pace = _estimated > 0 ? _spent / _estimated : 1;
        if (!_left.Contains(variant.Trial)) _left.Add(variant.Trial);
        story.Line($"{variant.Label}: {Count.Of(variant.Trial.Train, "image")}, {Count.Of(variant.Trial.Epochs, "epoch")}; {Duration(pace * _left.Sum(estimate.Of))} left in all");
        long start = Stopwatch.GetTimestamp();
        var outcome = Trained(variant.Trial, lab, cancel);
        store.Keep(outcome);
        _left.Remove(variant.Trial);
        (_estimated, _spent) = (_estimated + foreseen, _spent + Stopwatch.GetElapsedTime(start).TotalSeconds);
        story.Line($"{variant.Label}: {Words.Measured(outcome)} after {outcome.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        return outcome;
    }

    Outcome Trained(Trial trial, Lab lab, CancellationToken cancel)
    {
        try
        {
            return lab.Run(trial, cancel);
        }
        catch (OperationCanceledException e) when (cancel.IsCancellationRequested)
        {
            throw new StoppedException($"The trainings that were finished are kept in {outFolder}; the same command goes on from there.", e);
        }
    }

    static string Duration(double seconds) => seconds < 90 ? Words.Text($"{Math.Max(1, seconds):0} s")
        : seconds < 5400 ? Words.Text($"{seconds / 60:0} min") : Words.Text($"{seconds / 3600:0.0} h");
}
