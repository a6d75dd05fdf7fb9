namespace Candeia;

/// <summary>A depth, a height and a width; one number stands for all.</summary>
public readonly record struct Size3d(int Depth, int Height, int Width)
{
    /// <summary>The same for all.</summary>
    public static implicit operator Size3d(int all) => new(all, all, all);

    /// <summary>Depth, height and width.</summary>
    public static implicit operator Size3d((int Depth, int Height, int Width) three) => new(three.Depth, three.Height, three.Width);

    /// <summary>Without the depth.</summary>
    internal Size2d Plane => (Height, Width);

    /// <summary>As users write it: <c>3×3×3</c>.</summary>
    public override string ToString() => $"{Depth}×{Height}×{Width}";
}
