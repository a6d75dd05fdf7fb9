using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Candeia.Data;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>Digits to learn from and to be tested on, and what they are.</summary>
/// <param name="Train">What is learnt from.</param>
/// <param name="Valid">What the learning is watched on; none where one pair of files is split into training and test.</param>
/// <param name="Test">The test.</param>
/// <param name="Description">What they are, for whoever reads the results.</param>
/// <param name="Fingerprint">Tells them apart from others.</param>
/// <param name="Classes">How many kinds there are.</param>
sealed record DigitsData(Dataset<Sample> Train, Dataset<Sample>? Valid, Dataset<Sample> Test, string Description, string Fingerprint, int Classes)
{
    const double TestShare = 0.2;
    const int MostDrawn = 60_000;       // as many as MNIST has

    /// <summary>What an input looks like.</summary>
    public Shape Input => Train[0].X.Shape;

    /// <summary>The IDX files of a folder, or digits that are drawn where no folder is named.</summary>
    /// <exception cref="DatasetException">The folder holds none, or damaged ones.</exception>
    public static DigitsData Open(string dataFolder, string? digitsFolder, WhatIfSettings settings, IStory story, CancellationToken cancel)
    {
        var data = digitsFolder is null ? Generated(dataFolder, settings, story, cancel) : Read(digitsFolder, settings.Seed);
        story.Line($"{data.Description}");
        if (data.Input is not [1, >= 10, >= 10])
            throw new UserException($"'{digitsFolder}' holds pictures of {data.Input}; the experiment needs at least 10×10 pixels.");
        return data;
    }

    static DigitsData Generated(string folder, WhatIfSettings settings, IStory story, CancellationToken cancel)
    {
        using var progress = story.DataProgress();
        int count = Math.Min(settings.Train, MostDrawn);
        var train = new DrawnDigits(folder, MnistSplit.Train, count, settings.Seed, progress: progress, cancel: cancel);
        var test = new DrawnDigits(folder, MnistSplit.Test, Math.Max(1, count / 5), settings.Seed, progress: progress, cancel: cancel);
        return Watched(train, test, 10, "Digits drawn by a program, not handwritten ones (name real ones with --digits)");
    }

    static DigitsData Read(string folder, ulong seed)
    {
        var splits = Mnist.Splits(folder);
        if (splits.Count == 0)
            throw new UserException($"'{folder}' holds no IDX files of images, such as train-images-idx3-ubyte or t10k-images-idx3-ubyte.gz; name a folder that does.");
        var sets = splits.Select(split => new Mnist(folder, split: split, source: DataSource.Folder)).ToArray();
        if (sets is [var train, var test])
        {
            if (train.Count > 0 && test.Count > 0 && !train[0].X.Shape.SequenceEqual(test[0].X.Shape))
                throw new UserException($"'{folder}' holds pictures of {train[0].X.Shape} to learn from and of {test[0].X.Shape} for the test; name a folder where they are of one size.");
            return Watched(train, test, Math.Max(train.Classes, test.Classes), $"The images of '{Name(folder)}'");
        }
        var (judged, learnt) = sets[0].Split(TestShare, seed);
        return new(learnt, null, judged, FormattableString.Invariant(
            $"The {sets[0].Count:N0} images of '{Name(folder)}', one pair of files, split at random: {learnt.Count:N0} to learn from, {judged.Count:N0} for the test."),
            Print(learnt, judged), sets[0].Classes);
    }

    // A sixth of what there is to learn from watches the learning, as MNIST's 60 000 are divided by custom.
    static DigitsData Watched(Dataset<Sample> train, Dataset<Sample> test, int classes, string what)
    {
        int learnt = train.Count - train.Count / 6;
        string description = FormattableString.Invariant($"{what}: {learnt:N0} to learn from, {train.Count - learnt:N0} to watch it, {test.Count:N0} for the test.");
        return new(train[..learnt], learnt < train.Count ? train[learnt..] : null, test, description, Print(train, test), classes);
    }

    // A report is read elsewhere, where the rest of the path says nothing.
    static string Name(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    static string Print(Dataset<Sample> train, Dataset<Sample> test)
    {
        if (train.Count == 0 || test.Count == 0) throw new UserException("There are too few digits to learn from and to test on; name a folder with more.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var classes = new HashSet<long>();
        foreach (var batch in train.Concat(test).Loader(1024, workers: 0))
        {
            long[] labels = batch.Y.ToArray<long>();
            classes.UnionWith(labels);
            hash.AppendData(MemoryMarshal.AsBytes<long>(labels));
            hash.AppendData(MemoryMarshal.AsBytes<float>(batch.X.ToArray<float>()));
        }
        if (classes.Count < 2) throw new UserException($"All digits are of class {classes.First()}, so there is nothing to tell apart; name a folder with at least two classes.");
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
