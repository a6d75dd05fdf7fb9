using System.Security.Cryptography;
using System.Text;
using Candeia.Data;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>The data of the experiments, opened when the first trial asks for them.</summary>
sealed class DataRoom(WhatIfSettings settings, string folder, string? digitsFolder, IStory story, CancellationToken cancel = default)
{
    readonly Lazy<DigitsData> _digits = new(() => DigitsData.Open(folder, digitsFolder, settings, story, cancel));
    GuessTheCorrelation? _plots;

    /// <summary>Makes sure that the trials' data are there, and tells them apart: <see cref="Trial.Data"/> of scatterplots.</summary>
    public string Prepare(long most)
    {
        _plots = Scatterplots.Open(folder, settings.Source, most, settings.Seed, story, cancel);
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

    // The labels of the images that every experiment uses, so that more of them later are no other data.
    string Fingerprint()
    {
        string table = new[] { Path.Combine(folder, "guess-the-correlation", "train.csv"), Path.Combine(folder, "train.csv") }.First(File.Exists);
        string head = string.Join('\n', File.ReadLines(table).Take((int)settings.Images + 1));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)).AsSpan(0, 8));
    }
}
