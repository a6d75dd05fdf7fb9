using System.Security.Cryptography;
using System.Text;
using Candeia.Data;
using Candeia.Datasets;

namespace Candeia.Cli;

/// <summary>The data of the experiments, opened when the first trial asks for them.</summary>
sealed class DataRoom(WhatIfSettings settings, string folder, string? digitsFolder, Story story)
{
    readonly Lazy<DigitsData> _digits = new(() => DigitsData.Open(folder, digitsFolder, settings, story));
    GuessTheCorrelation? _plots;

    /// <summary>Makes sure that the trials' data are there, and tells them apart: <see cref="Trial.Data"/> of scatterplots.</summary>
    public string Prepare(long most, CancellationToken cancel)
    {
        if (most > int.MaxValue) throw new UserException($"{most} images are more than there can be; ask for fewer with --train, --valid and --test.");
        _plots = Open((int)most, cancel);
        if (_plots.Count < most)
        {
            throw new UserException($"'{folder}' holds {_plots.Count} images, but the experiments need {most}; "
                + "ask for fewer with --train, --valid and --test, or name another folder.");
        }
        story.Line($"{_plots.Count:N0} scatterplots in {folder}: {settings.Train:N0} to learn from, {settings.Valid:N0} to watch it, {settings.Test:N0} for the test");
        return Fingerprint();
    }

    /// <summary>The digits.</summary>
    public DigitsData Digits => _digits.Value;

    /// <summary>What a trial learns from, watches and is tested on.</summary>
    public (Dataset<Sample> Train, Dataset<Sample>? Valid, Dataset<Sample> Test) For(Trial trial)
    {
        if (trial.Problem == Problem.Digits) return (Digits.Train, Digits.Valid, Digits.Test);
        Dataset<Sample> all = _plots!;
        int first = settings.Train, images = (int)settings.Images;
        var train = trial.Train <= first ? all[..trial.Train] : all[..first].Concat(all[images..(images + trial.Train - first)]);
        if (trial.Symmetries) train = Symmetries.Augment(train);
        return (As(trial, train), As(trial, all[first..(first + trial.Valid)]), As(trial, all[(first + settings.Valid)..(first + settings.Valid + trial.Test)]));
    }

    static Dataset<Sample> As(Trial trial, Dataset<Sample> data)
    {
        if (trial.Problem == Problem.Binary) data = data.Map(s => s with { Y = Tensor.Scalar(MathF.Round(MathF.Abs((float)s.Y))) });
        return trial.Float64 ? data.Map(s => s with { X = s.X.To(DType.Float64), Y = s.Y.To(DType.Float64) }) : data;
    }

    GuessTheCorrelation Open(int count, CancellationToken cancel)
    {
        try
        {
            var there = new GuessTheCorrelation(folder, CorrelationNet.Crop, DataSource.Folder);
            if (there.Count >= count || settings.Source != "generate") return there;
        }
        catch (DatasetException)
        {
            // they are made, or the attempt says what is wrong
        }
        using var progress = story.DataProgress();
        var source = settings.Source == "generate" ? DataSource.Generate : DataSource.Download;
        return new(folder, CorrelationNet.Crop, source, count: count, seed: settings.Seed, progress: progress, cancel: cancel);
    }

    // The labels of the images that every experiment uses, so that more of them later are no other data.
    string Fingerprint()
    {
        string table = new[] { Path.Combine(folder, "guess-the-correlation", "train.csv"), Path.Combine(folder, "train.csv") }.First(File.Exists);
        string head = string.Join('\n', File.ReadLines(table).Take((int)settings.Images + 1));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)).AsSpan(0, 8));
    }
}
