using System.Diagnostics;
using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Networks that tell texts apart beside each other: data, training, test, files.</summary>
sealed class TextClassificationJob(TextSettings settings, string downloads, string outFolder, IStory story)
{
    readonly Machine _machine = Machine.Here();

    /// <summary>Returns whether it came to its end. When it is stopped, the networks that have learnt are tested and written.</summary>
    public bool Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = new OutFolder(outFolder);
        story.Title("Text classification", $"{settings.Threads} threads, {_machine.Vectors}, seed {settings.Seed}");

        story.Step("Data");
        var data = TextData.Open(settings, downloads, story, cancel);
        story.Line($"{data.Name}: {data.Train.Count:N0} to learn from, {data.Valid.Count:N0} to watch it, {data.Test.Count:N0} for the test");
        story.Line($"the first, {data.Classes[data.Train[0].Label]}: {Shown.Of(data.Train[0].Text, 300)}");

        story.Step("Words");
        var words = WordTokenizer.Build(data.Train.Select(t => t.Text), minFrequency: 2, maxSize: settings.Vocabulary);
        double unknown = Unknown(words, data.Test);
        story.Line($"{words.VocabularySize:N0} words are known, {unknown:P1} of those in the test are not");

        List<TextResult> results = [];
        foreach (var contestant in TextContestant.All)
        {
            if (cancel.IsCancellationRequested) break;
            story.Step($"Training: {contestant.Name}");
            if (Train(contestant, data, words, cancel) is { } result) results.Add(result);
        }
        if (results.Count == 0) throw new OperationCanceledException(cancel);
        var best = results.MinBy(r => r.History.Epochs.Min(e => e.Valid!.Loss))!;
        story.Step("Test");
        foreach (var result in results) story.Line($"{result.Contestant.Name}: {result.Accuracy:P1} right on {data.Test.Count:N0} texts that it has never seen");

        story.Step("Files");
        bool stopped = results.Count < TextContestant.All.Count || cancel.IsCancellationRequested;
        var metrics = new TextMetrics(best.Contestant.Name, [.. results.Select(r => r.Score)], data.Classes, data.Train.Count, data.Test.Count, words.VocabularySize, unknown,
            watch.Elapsed.TotalSeconds, settings.Seed, stopped, settings, Versions.Here(), _machine);
        TextClassificationFiles.Write(files, best, metrics, new(metrics, data, results, best));
        files.Tell(story);
        return !stopped;
    }

    TextResult? Train(TextContestant contestant, TextData data, WordTokenizer words, CancellationToken cancel)
    {
        Generator.Seed(settings.Seed);
        var watch = Stopwatch.StartNew();
        var classifier = new TextClassifier(contestant.Config(data, settings), words);
        TextDataset train = new(data.Train, classifier.Encoding), valid = new(data.Valid, classifier.Encoding);
        double rate = settings.LearningRate * contestant.Faster;
        var fitted = classifier.Network.Setup((y, target) => y.CrossEntropyLoss(target), p => new AdamW(p, rate, weightDecay: 0.01), new Accuracy())
            .With(story.Training, new DataParallel(), new LearningRateSchedule(steps => new OneCycleSchedule(rate, steps), Per.Batch), new KeepBest("valid_loss"), new ClipGradNorm(1))
            .On(settings.Device).Fit(train.Loader(settings.BatchSize, sampler: new BucketSampler(train.Lengths, settings.BatchSize)), settings.Epochs, valid.Loader(256), cancel);
        fitted.Model.To(Device.Cpu);                                         // what follows is computed here
        if (fitted.History.Epochs.Count == 0 || fitted.History.Epochs[0].Valid is null) return null;
        fitted.History.Check(cancel);
        double seconds = watch.Elapsed.TotalSeconds;
        var classes = classifier.Classify([.. data.Test.Select(t => t.Text)]);
        return new(contestant, classifier, fitted.History, seconds, [.. data.Test.Zip(classes, (t, c) => new TextAnswer(t, c))]);
    }

    static double Unknown(WordTokenizer words, IReadOnlyList<TextSample> texts)
    {
        long all = 0, unknown = 0;
        foreach (int id in texts.SelectMany(t => words.Encode(t.Text)))
        {
            all++;
            if (id == words.Special.Unknown) unknown++;
        }
        return all == 0 ? 0 : (double)unknown / all;
    }
}
