namespace Candeia.Charts;

/// <summary>The page around what it shows: head, style, nothing from elsewhere.</summary>
internal static class Page
{
    /// <summary>The lamp at the head of the page.</summary>
    public static Markup Lamp { get; } = new Markup().Literal(Resource("lamp.svg"));

    static readonly string Style = Resource("page.css");

    public static string Of(string title, Markup body) => new Markup()
        .Write($"<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml' lang='en'><head><meta charset='utf-8'/>")
        .Write($"<meta name='viewport' content='width=device-width, initial-scale=1'/><meta name='color-scheme' content='light dark'/>")
        .Write($"<title>{title}</title><style>")
        .Literal($":root{{{Palette.Light.Variables()}}}")
        .Literal($"@media (prefers-color-scheme:dark){{:root{{{Palette.Dark.Variables()}}}}}")
        .Literal($"@media print{{:root{{{Palette.Light.Variables()}}}}}")
        .Literal(Style)
        .Write($"</style></head><body><main>\n{body}</main></body></html>\n")
        .ToString();

    static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
