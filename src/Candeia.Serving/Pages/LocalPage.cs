using System.Text.Encodings.Web;

namespace Candeia.Serving;

/// <summary>Pages of our own for a browser: one file with style and script in it, nothing from elsewhere, light and dark.</summary>
static class LocalPage
{
    /// <summary>A page of an assembly's resources <c>NAME.html</c> and <c>NAME.js</c>.</summary>
    /// <param name="name">The name of the resources.</param>
    /// <param name="title">What the window is called.</param>
    /// <param name="words">What the script is told, as <c>words</c>.</param>
    /// <param name="owner">A type of the assembly that has them; this one's, if nothing is said.</param>
    public static string Of(string name, string title, IEnumerable<string> words, Type? owner = null)
    {
        string html = HtmlEncoder.Default.Encode(title);
        return $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">"
            + $"<link rel=\"icon\" href=\"data:,\"><title>{html}</title><style>\n{Resource(typeof(LocalPage), "page.css")}</style></head>\n<body>\n"
            + $"{Resource(owner ?? typeof(LocalPage), $"{name}.html").Replace("<!--lamp-->", Resource(typeof(LocalPage), "lamp.svg"), StringComparison.Ordinal)}"
            + $"<script>\n\"use strict\";\nconst words = [{string.Join(", ", words.Select(w => $"\"{JavaScriptEncoder.Default.Encode(w)}\""))}];\n"
            + $"{Resource(typeof(LocalPage), "page.js")}{Resource(owner ?? typeof(LocalPage), $"{name}.js")}</script>\n</body></html>\n";
    }

    static string Resource(Type owner, string name)
    {
        using var stream = owner.Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"There is no resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
