using System.Diagnostics;
using System.Text.Json;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Distributed;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

namespace Candeia.Experiments;

/// <summary>Pictures in folders to a network that tells them apart: data, training, test, files.</summary>
sealed class TrainImagesJob(TrainImagesSettings settings, string outFolder, IStory story)
{
    const double LearnFrom = 0.8, WarmUp = 0.1;
    const int Shown = 16, DrawnForTest = 1000, MostNamed = 20, Fewest = 5;

    /// <summary>Returns whether it came to its end. When it is stopped, what was learnt so far is tested and written.</summary>
    public bool Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = new OutFolder(outFolder);
        story.Title("Pictures of your own", $"{settings.Threads} threads, {Machine.Here().Vectors}, seed {settings.Seed}");
        Generator.Seed(settings.Seed);

        story.Step("Data");
        var (pictures, classes) = Data();
        // Drawn pictures cost nothing, so that all but some are to learn from.
        int[] order = new Generator(settings.Seed).Permutation(pictures.Count);
        int cut = (int)Math.Round((settings.Data is null ? Math.Max(LearnFrom, 1 - DrawnForTest / (double)pictures.Count) : LearnFrom) * pictures.Count);
        Dataset<LabelledImage> train = pictures.Subset(order[..cut]), valid = pictures.Subset(order[cut..]);
        if (pictures.Count < Fewest) throw new UserException($"{Count.Of(pictures.Count, "picture")} are too few to learn from some and test on others; {Fewest} are the least.");
        story.Line($"{train.Count:N0} pictures to learn from, {valid.Count:N0} for the test; {classes.Count} classes: {string.Join(", ", classes.Take(12))}{(classes.Count > 12 ? ", …" : "")}");

        var classifier = Network(classes);
        var examples = train.Map(settings.Data is null ? OfShapes : classifier.Augment());
        var batch = examples.Loader(Math.Min(Shown, train.Count), seed: settings.Seed).Peek();
        var fitted = Train(classifier, examples, valid.Map(classifier.Preprocess), EventFiles.Into(files, TrainImagesReport.Shown(batch, classifier).Grid()), cancel);
        bool stopped = cancel.IsCancellationRequested;

        story.Step("Test");
        var unread = pictures is ImageFolder folder ? new UnreadPictures(folder, order, cut) : null;
        var answers = Answers(fitted, valid, classifier, unread);
        if (answers.Count == 0) throw new UserException("None of the pictures for the test can be read; put more pictures into the folders.");
        var confusion = Counted(answers, classes.Count);
        story.Line($"{100 * confusion.Accuracy:0.0} % of {answers.Count:N0} pictures that it has never seen are named rightly");
        (string File, string Fault)[] bad = pictures is ImageFolder { Bad: var faults } ? [.. faults.Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal)] : [];
        if (bad.Length > 0) story.Line($"{Count.Of(bad.Length, "file")} could not be read and {(bad.Length == 1 ? "was" : "were")} passed over; bad.csv says why: {string.Join(", ", bad.Take(MostNamed).Select(b => b.File))}{(bad.Length > MostNamed ? ", …" : "")}");

        story.Step("Files");
        var metrics = new TrainImagesMetrics(
            confusion.Accuracy, answers.Count, unread?.Trained ?? train.Count, bad.Length, classes.Index().Where(c => confusion.Truly(c.Index) > 0).ToDictionary(c => c.Item, c => confusion.Recall(c.Index)),
            fitted.History.Epochs.Sum(e => e.Train.Samples) / fitted.History.Epochs.Sum(e => e.Train.Seconds), watch.Elapsed.TotalSeconds, settings, Versions.Here(), Machine.Here());
        var report = new TrainImagesReport(metrics, fitted.History, confusion, answers, valid, classifier, batch);
        Write(files, classifier, fitted.History, answers, bad, metrics, report);
        files.Tell(story);
        return !stopped;
    }

    (Dataset<LabelledImage> Pictures, IReadOnlyList<string> Classes) Data()
    {
        if (settings.Data is not { } folder)
        {
            story.Line($"no --data: {settings.Shapes:N0} drawn shapes on textured backgrounds, which are no photographs");
            return (new DrawnShapes(settings.Shapes, settings.Size * 9 / 8, settings.Seed), DrawnShapes.Classes);
        }
        var pictures = new ImageFolder(folder, skipBad: true);
        story.Line($"{pictures.Count:N0} pictures in {folder}");
        if (pictures.Classes.Count < 2) throw new UserException($"'{folder}' has the folder '{pictures.Classes[0]}' alone; there must be one for each class, two at least.");
        return (pictures, pictures.Classes);
    }

    /// <summary>Shapes come in every colour and nearly everywhere: they are cut a little, and mirrored.</summary>
    Transform OfShapes => new RandomResizedCrop(settings.Size, 0.8).Then(new RandomHorizontalFlip()).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet);

    ImageClassifier Network(IReadOnlyList<string> classes)
    {
        story.Step("A network");
        var classifier = new ImageClassifier(settings.Model, classes, settings.Size);
        story.Line($"{settings.Model} for {classes.Count} classes: {classifier.Network.Parameters().Sum(p => p.Numel):N0} parameters, pictures of {settings.Size}×{settings.Size}");
        if (settings.Weights is not { } file) return classifier;
        if (!File.Exists(file)) throw new UserException($"There is no file of weights '{file}'.");
        var loaded = classifier.Network.LoadWhatFits(TensorFile.Load(file));
        string head = VisionModels.HeadOf(settings.Model);
        string[] left = [.. loaded.Missing.Concat(loaded.Mismatched.Select(m => m.Name)).Where(n => !n.StartsWith(head, StringComparison.Ordinal))];
        if (left.Length > 0) throw new UserException($"'{file}' does not hold the weights of {settings.Model}: {left[0]} and {left.Length - 1:N0} others are missing or have another shape.");
        story.Line($"begins with {loaded.Loaded.Length:N0} tensors of {file}; the head '{head}' is new");
        return classifier;
    }

    Fitted<Layer> Train(ImageClassifier classifier, Dataset<Sample> examples, Dataset<Sample> valid, TensorBoard events, CancellationToken cancel)
    {
        story.Step("Training");
        var head = classifier.Network.Get<Layer>(VisionModels.HeadOf(settings.Model));
        int workers = Math.Max(1, settings.Threads);
        var learner = classifier.Network
            .Setup((scores, classes) => scores.CrossEntropyLoss(classes), p => new AdamW(p, settings.LearningRate, weightDecay: 0.01), new Accuracy())
            .With(new LearningRateSchedule(steps => new OneCycleSchedule(settings.LearningRate, steps, WarmUp), Per.Batch))
            .With(story.Training, new DataParallel(), events).On(settings.Device);
        if (settings.Frozen > 0) learner = learner.With(Freeze.AllBut(head, settings.Frozen));
        var fitted = learner.Fit(
            examples.Loader(Math.Min(settings.BatchSize, examples.Count), shuffle: true, dropLast: examples.Count > settings.BatchSize, workers: workers, seed: settings.Seed),
            settings.Epochs, valid.Loader(settings.BatchSize, workers: workers), cancel);
        fitted.Model.To(Device.Cpu);                                         // what follows is computed here
        fitted.History.Check(cancel);
        return fitted;
    }

    List<ImageAnswer> Answers(Fitted<Layer> fitted, Dataset<LabelledImage> valid, ImageClassifier classifier, UnreadPictures? unread)
    {
        List<ImageAnswer> answers = [];
        int index = 0;
        foreach (var batch in valid.Map(classifier.Preprocess).Loader(settings.BatchSize, workers: Math.Max(1, settings.Threads)))
        {
            using var scope = Scope.Begin();
            var scores = fitted.Learner.On(Device.Cpu).Predict(batch.X).Softmax(1);
            long[] chosen = scores.ArgMax(1).ToArray<long>(), truths = batch.Y.ToArray<long>();
            float[] sureness = scores.Amax([1]).ToArray<float>();
            for (int i = 0; i < truths.Length; i++) answers.Add(new(index++, batch.Ids[i], (int)truths[i], (int)chosen[i], sureness[i]));
        }
        if (unread is not null) answers.RemoveAll(a => !unread.Counts(a.Index));
        return answers;
    }

    static Confusion Counted(IReadOnlyList<ImageAnswer> answers, int classes)
    {
        long[,] counts = new long[classes, classes];
        foreach (var answer in answers) counts[answer.Truth, answer.Answer]++;
        return new(counts);
    }

    static void Write(OutFolder folder, ImageClassifier classifier, History history, IReadOnlyList<ImageAnswer> answers, (string File, string Fault)[] bad, TrainImagesMetrics metrics,
        TrainImagesReport report)
    {
        using var all = FilesTogether.Begin();
        folder.Write("report.html", report.Page().Save);
        folder.Write("batch.png", report.Batch.Grid().Save);
        if (report.Mistakes is { } mistakes) folder.Write("mistakes.png", mistakes.Grid().Save);
        if (report.Seen is { } seen) folder.Write("seen.png", seen.Grid().Save);
        folder.Write("history.csv", f => WholeFile.Write(f, history.ToCsv()));
        folder.Write("answers.csv", f => WholeFile.Write(f, Csv.Write("file,truth,answer,probability", answers,
            a => $"{Csv.Field(a.Id)},{Csv.Field(classifier.Classes[a.Truth])},{Csv.Field(classifier.Classes[a.Answer])},{a.Sureness:0.0000}")));
        if (bad.Length > 0) folder.Write("bad.csv", f => WholeFile.Write(f, Csv.Write("file,fault", bad, b => $"{Csv.Field(b.File)},{Csv.Field(b.Fault)}")));
        folder.Write("metrics.json", f => WholeFile.Write(f, JsonSerializer.Serialize(metrics, TrainImagesJson.Plain.TrainImagesMetrics) + "\n"));
        folder.Write("model", f => classifier.Save(f));
        all.Complete();
    }
}
