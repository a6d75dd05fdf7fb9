using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>One pass over the training data, as <c>metrics.json</c> tells it.</summary>
sealed record EpochLoss(int Epoch, double TrainLoss, double? ValidLoss, double Seconds)
{
    public static EpochLoss Of(EpochResult result) => new(result.Epoch, result.Train.Loss, result.Valid?.Loss, result.Seconds);
}
