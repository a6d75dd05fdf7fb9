namespace Candeia.Charts;

/// <summary>Paragraphs, parted by empty lines. What stands between `backticks` is set as code.</summary>
/// <param name="Text">The text; nothing in it is taken for HTML.</param>
public sealed record Prose(string Text) : ReportBlock
{
    internal override void Write(Markup page)
    {
        const StringSplitOptions tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (string paragraph in Text.ReplaceLineEndings("\n").Split("\n\n", tidy))
            page.Write($"<p>{Inline(paragraph)}</p>");
    }

    internal static Markup Inline(string text)
    {
        var line = new Markup();
        string[] parts = text.Split('`');
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0) line.Write($"{parts[i]}");
            else if (i == parts.Length - 1) line.Write($"`{parts[i]}");   // a backtick without a partner is a backtick
            else line.Write($"<code>{parts[i]}</code>");
        }
        return line;
    }
}
