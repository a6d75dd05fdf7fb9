namespace Candeia.Charts;

/// <summary>What a figure shows, ready to be drawn at any size.</summary>
internal abstract class Picture
{
    /// <summary>The height that suits a width.</summary>
    public abstract double HeightFor(double width);

    /// <summary>The width beyond which it gains nothing.</summary>
    public abstract double Widest { get; }

    /// <summary>Draws into a rectangle.</summary>
    public abstract void Draw(SvgCanvas canvas, Box box);

    /// <summary>How many rows of text it takes when so many are there; more where each name needs one.</summary>
    public abstract int RowsFor(int rows);

    /// <summary>Draws into a page of text, from a row on.</summary>
    public abstract void Draw(TextGrid grid, int top);
}
