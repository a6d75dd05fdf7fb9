namespace Candeia.Charts;

/// <summary>Something to look at, as an immutable value: what it shows, not how. It draws itself to SVG, HTML and text.</summary>
/// <param name="Title">The heading; any text, it is escaped wherever it is written.</param>
public abstract record Figure(string Title)
{
    /// <summary>A quieter line below the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Lines of results above the drawing, such as <c>MSE 0.00123 · MAE 0.026 · r 0.997</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a reader who cannot see the figure is told; a summary of the data unless given.</summary>
    public string? Description { get; init; }

    /// <summary>Width of the stand-alone SVG in pixels.</summary>
    public int Width { get; init; } = 720;

    /// <summary>Height of the stand-alone SVG in pixels, title included; what suits the figure unless given.</summary>
    public int? Height { get; init; }

    /// <summary>The figure as an SVG document with fonts and colours of its own, on a light ground.</summary>
    public string ToSvg() => SvgSheet.StandAlone(this);

    /// <summary>The figure as a page of its own, which follows the reader's choice of light or dark.</summary>
    public string ToHtml()
    {
        var body = new Markup();
        new FigureRow([this]).Write(body);
        return Page.Of(Title, body);
    }

    /// <summary>The figure in characters: lines and points in braille dots, bars in blocks. It needs a font that has them.</summary>
    /// <param name="width">Columns, 20 or more.</param>
    /// <param name="height">Rows, title and axes included, 8 or more. Figures with a row for each name take as many as they need.</param>
    /// <param name="color">Whether to write the escape sequences that colour terminals.</param>
    public string ToText(int width = 80, int height = 20, bool color = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 8);
        return TextSheet.Of(this, width, height, color);
    }

    /// <summary>Writes the figure to the console: as wide as that is, in colour if it is a terminal.</summary>
    public void Print()
    {
        int width = Console.IsOutputRedirected ? 80 : Math.Clamp(Console.WindowWidth - 1, 20, 120);
        Console.WriteLine(ToText(width, color: Terminal.HasColor));
    }

    /// <summary>Writes the figure, through a temporary file that is moved into place.</summary>
    /// <param name="path">Ends in <c>.svg</c> or <c>.html</c>.</param>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string text = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => ToSvg(),
            ".HTML" => ToHtml(),
            _ => throw new ArgumentException($"A figure cannot be written to '{path}': choose a name that ends in .svg or .html.", nameof(path)),
        };
        WholeFile.Write(path, text);
    }

    /// <summary>The drawing, in data coordinates.</summary>
    internal abstract Picture Picture();

    /// <summary>One sentence on the data.</summary>
    internal abstract string Summary();
}
