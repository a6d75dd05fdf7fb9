namespace Candeia.Experiments;

/// <summary>What a network of an experiment is to say.</summary>
enum Problem
{
    /// <summary>The correlation of a scatterplot.</summary>
    Correlation,

    /// <summary>Whether it is stronger than ±½: round(|correlation|), half to even.</summary>
    Binary,

    /// <summary>Which digit a picture shows.</summary>
    Digits,
}
