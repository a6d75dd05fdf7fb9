namespace Candeia.Datasets;

/// <summary>The parts in which MNIST and its family come.</summary>
public enum MnistSplit
{
    /// <summary>What to learn from: files with <c>train</c> in their names.</summary>
    Train,

    /// <summary>What to judge the result on: files with <c>t10k</c> or <c>test</c> in their names.</summary>
    Test,
}
