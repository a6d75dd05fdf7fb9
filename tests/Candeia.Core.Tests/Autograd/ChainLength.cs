namespace Candeia.Tests;

/// <summary>Makes ops wait to be part of a chain also where tensors are small, until this is disposed of.</summary>
sealed class ChainLength : IDisposable
{
    /// <summary>From how many elements on they wait otherwise.</summary>
    public const long Usual = 1 << 21;

    public static ChainLength From(long elements)
    {
        Chain.Least = elements;
        return new();
    }

    public void Dispose() => Chain.Least = Usual;
}
