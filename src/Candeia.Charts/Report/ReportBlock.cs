namespace Candeia.Charts;

/// <summary>
/// A piece of a report: <see cref="Prose"/>, <see cref="FigureRow"/>, <see cref="Gallery"/>, <see cref="Table"/>, <see cref="CodeBlock"/> or <see cref="Tiles"/>.
/// </summary>
public abstract record ReportBlock
{
    internal abstract void Write(Markup page);

    /// <summary>The text as prose.</summary>
    public static implicit operator ReportBlock(string text) => new Prose(text);

    /// <summary>The figure, over the whole width.</summary>
    public static implicit operator ReportBlock(Figure figure) => new FigureRow([figure]);
}
