namespace Candeia.Images;

/// <summary>So many pixels on each side of a picture: one number for all four, two for left and right and for top and bottom, or four.</summary>
/// <param name="Left">Columns on the left.</param>
/// <param name="Top">Rows above.</param>
/// <param name="Right">Columns on the right.</param>
/// <param name="Bottom">Rows below.</param>
public readonly record struct Sides(int Left, int Top, int Right, int Bottom)
{
    /// <summary>As many on all sides.</summary>
    /// <param name="all">Pixels.</param>
    public static implicit operator Sides(int all) => new(all, all, all, all);

    /// <summary>As many left as right, and as many above as below.</summary>
    /// <param name="pair">Columns on either side, and rows.</param>
    public static implicit operator Sides((int Across, int Down) pair) => new(pair.Across, pair.Down, pair.Across, pair.Down);

    /// <summary>Left, top, right, bottom.</summary>
    /// <param name="four">Pixels.</param>
    public static implicit operator Sides((int Left, int Top, int Right, int Bottom) four) => new(four.Left, four.Top, four.Right, four.Bottom);
}
