namespace Candeia.NN;

/// <summary>What becomes of the height of cycles.</summary>
public enum CyclicMode
{
    /// <summary>It stays.</summary>
    Triangular,
    /// <summary>Half with every cycle.</summary>
    Triangular2,
    /// <summary>Times γ with every step.</summary>
    ExpRange,
}
