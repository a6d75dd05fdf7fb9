namespace Candeia.NN;

/// <summary>What becomes of the losses of single elements.</summary>
public enum Reduction
{
    /// <summary>Their mean; with class weights, the weighted one.</summary>
    Mean,
    /// <summary>Their sum.</summary>
    Sum,
    /// <summary>They stay as they are.</summary>
    None,
    /// <summary>Their sum divided by the first size of the input.</summary>
    BatchMean,
}
