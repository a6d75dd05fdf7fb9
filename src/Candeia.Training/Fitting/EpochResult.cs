namespace Candeia.Training;

/// <summary>What an epoch, counted from 1, has brought.</summary>
public sealed record EpochResult(int Epoch, PhaseResult Train, PhaseResult? Valid, double Seconds, double LearningRate);
