namespace Candeia.Charts;

/// <summary>The page around what it shows: head, style, nothing from elsewhere.</summary>
internal static class Page
{
    /// <summary>The lamp at the head of the page.</summary>
    public static Markup Lamp { get; } = new Markup().Write(
        $"""
        <svg class="lamp" viewBox="0 0 48 40" width="54" height="45" aria-hidden="true">
        <path class="flame" d="M41.5 1.500C42 5.500 46 8 46 12.500c0 2-1 3.500-2.500 4.500h-5c-1.500-1-2.500-2.500-2.500-4.500 0-2.500 1.500-3.500 2-5.500.7 1 1.200 1.700 1.400 2.800C41.500 7.500 42 4.500 41.500 1.500z"/>
        <path class="bowl" fill-rule="evenodd" d="M12 20h14c4.500 0 7-1 10.500-2.500h7.500c-.5 3.500-4 5.500-7 8.500-3.500 3.500-6 7-11 7l3 4.500h-17l3-4.500c-2 0-3.700-1-5.200-2.800C5 30 1.500 27.500 1.500 24s3-5.500 6-5.500c1.800 0 3 .5 4.500 1.500zm-4 2c-1.700 0-3 .7-3 2.200s1 2.600 2.900 3.100c-.6-1.700-.7-3.500.1-5.300z"/></svg>
        """);

    static readonly string Style = ReadStyle();

    public static string Of(string title, Markup body)
    {
        var page = new Markup();
        page.Write($"<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><meta name=\"color-scheme\" content=\"light dark\"/><title>{title}</title><style>");
        page.Literal($":root{{{Palette.Light.Variables()}}}@media (prefers-color-scheme:dark){{:root{{{Palette.Dark.Variables()}}}}}@media print{{:root{{{Palette.Light.Variables()}}}}}");
        page.Literal(Style);
        page.Write($"</style></head><body><main>\n{body}</main></body></html>\n");
        return page.ToString();
    }

    static string ReadStyle()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
