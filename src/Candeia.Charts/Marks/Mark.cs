namespace Candeia.Charts;

/// <summary>A few strokes with a meaning, in data coordinates. A chart is a composition of marks; a mark draws itself on every medium.</summary>
internal abstract record Mark
{
    /// <summary>Its line in the legend, if it has a name.</summary>
    public virtual Key? Key => null;

    /// <summary>Draws it.</summary>
    public abstract void Draw(SvgCanvas canvas, Frame frame);

    /// <summary>Draws it in text.</summary>
    public abstract void Draw(TextArea area, Frame frame);

    /// <summary>Cells of text that it needs at the right of the drawing.</summary>
    public virtual int RoomInText => 0;

    /// <summary>The pixels it takes, for texts that look for a free place.</summary>
    public virtual IEnumerable<(double X, double Y)> Trace(Frame frame) => [];
}

/// <summary>What a legend says: a name, a colour, a sample; and where the mark ends, if the name can stand there.</summary>
internal sealed record Key(string Name, Hue Hue, bool Dashed = false, bool Dot = false, bool Area = false, (double X, double Y)? End = null);
