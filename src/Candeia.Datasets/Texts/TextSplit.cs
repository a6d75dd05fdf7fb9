namespace Candeia.Datasets;

/// <summary>The parts in which data sets of texts come.</summary>
public enum TextSplit
{
    /// <summary>What to learn from.</summary>
    Train,

    /// <summary>What to judge the result on.</summary>
    Test,
}
