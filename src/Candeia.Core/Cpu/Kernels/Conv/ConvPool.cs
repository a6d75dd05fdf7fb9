namespace Candeia;

/// <summary>What a convolution does with each 2×2 pixels of its output before it writes them; the last odd row and column are dropped.</summary>
public enum ConvPool
{
    /// <summary>They are written as they are.</summary>
    None,

    /// <summary>Their mean is written.</summary>
    Average,

    /// <summary>The greatest is written.</summary>
    Max,
}
