namespace Candeia;

/// <summary>A height and a width; one number stands for both.</summary>
public readonly record struct Size2d(int Height, int Width)
{
    /// <summary>The same for both.</summary>
    public static implicit operator Size2d(int both) => new(both, both);

    /// <summary>Height and width.</summary>
    public static implicit operator Size2d((int Height, int Width) pair) => new(pair.Height, pair.Width);

    /// <summary>As users write it: <c>3×3</c>.</summary>
    public override string ToString() => $"{Height}×{Width}";
}
