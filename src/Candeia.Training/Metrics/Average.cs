namespace Candeia.Training;

/// <summary>How a number per class becomes one number.</summary>
public enum Average
{
    /// <summary>The mean over the classes that occur: each class counts alike, however rare.</summary>
    Macro,
    /// <summary>All decisions are counted together, each sample alike.</summary>
    Micro,
    /// <summary>The mean over the classes, each weighted by how many samples truly are of it.</summary>
    Weighted,
}
