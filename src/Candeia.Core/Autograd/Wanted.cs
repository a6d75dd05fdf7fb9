namespace Candeia;

/// <summary>Of which inputs of an op a gradient is wanted.</summary>
[Flags]
public enum Wanted
{
    /// <summary>Of none.</summary>
    Nothing = 0,
    /// <summary>Of what is transformed.</summary>
    Input = 1,
    /// <summary>Of what it is multiplied by.</summary>
    Weight = 2,
    /// <summary>Of what is added.</summary>
    Bias = 4,
}
