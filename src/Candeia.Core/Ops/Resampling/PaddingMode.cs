namespace Candeia;

/// <summary>What stands in a border.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,
    /// <summary>The values inside, mirrored at the outermost: <c>c b | a b c | b a</c>.</summary>
    Reflect,
    /// <summary>The outermost value again and again: <c>a a | a b c | c c</c>.</summary>
    Replicate,
    /// <summary>The values of the other end: <c>b c | a b c | a b</c>.</summary>
    Circular,
}
