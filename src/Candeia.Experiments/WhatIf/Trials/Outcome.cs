using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>What a trial has brought: the content of its file.</summary>
/// <param name="Trial">What was trained.</param>
/// <param name="Parameters">Numbers that the network learnt.</param>
/// <param name="TrainLoss">The loss on what it learnt from, at the end, in evaluation mode; on as many items as the test has.</param>
/// <param name="ValidLoss">The loss after the last epoch on the validation data, where there are any.</param>
/// <param name="TestLoss">The loss on the test data.</param>
/// <param name="Seconds">The training, validation included.</param>
/// <param name="ImagesPerSecond">Training images per second, validation not counted.</param>
/// <param name="LearningRate">The highest learning rate of the training.</param>
/// <param name="Epochs">The losses, epoch by epoch.</param>
/// <param name="Truth">What is true of the test items: correlation, 0 or 1, or class.</param>
/// <param name="Predicted">What the network says: correlation, probability of 1, or class.</param>
sealed record Outcome(
    Trial Trial, long Parameters, double TrainLoss, double? ValidLoss, double TestLoss, double Seconds, double ImagesPerSecond, double LearningRate,
    IReadOnlyList<EpochLoss> Epochs, float[] Truth, float[] Predicted)
{
    /// <summary>What each test item costs: the squared error, or 1 where the class is wrong. Their mean is what outcomes are compared by.</summary>
    [JsonIgnore]
    public double[] Errors { get; } = [.. Truth.Zip(Predicted, (t, p) => Trial.Problem switch
    {
        Problem.Correlation => ((double)t - p) * ((double)t - p),
        Problem.Binary => (p > 0.5f) == (t > 0.5f) ? 0.0 : 1,
        _ => p == t ? 0 : 1,
    })];

    /// <summary>The mean of <see cref="Errors"/>: mean squared error, or share of wrong answers.</summary>
    [JsonIgnore]
    public double Error => Errors.Average();

    /// <summary>What a choice among trainings goes by, which must not be the test: the loss on the data that watched, or learnt, where none did.</summary>
    [JsonIgnore]
    public double Watched => ValidLoss ?? TrainLoss;

    /// <summary>How much the network knows its own pictures by heart: the validation loss, divided by the loss on what was learnt from.</summary>
    [JsonIgnore]
    public double Gap => (ValidLoss ?? TestLoss) / TrainLoss;

    /// <summary>Mean absolute error of correlations.</summary>
    [JsonIgnore]
    public double? Mae => Trial.Problem == Problem.Correlation ? Truth.Zip(Predicted, (t, p) => Math.Abs((double)t - p)).Average() : null;

    /// <summary>Share of right answers.</summary>
    [JsonIgnore]
    public double? Accuracy => Trial.Problem == Problem.Correlation ? null : 1 - Error;

    /// <summary>Whether the training has lost its way.</summary>
    [JsonIgnore]
    public bool Diverged => !double.IsFinite(TestLoss) || !double.IsFinite(Error);
}
