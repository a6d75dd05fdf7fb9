namespace Candeia.Datasets;

/// <summary>The two parts of the original data set.</summary>
public enum CorrelationSplit
{
    /// <summary>Images whose correlation is known.</summary>
    Train,

    /// <summary>Images of the contest, whose correlation is not known: Y is not a number. Only the downloaded archive has them.</summary>
    Submission,
}
