namespace Candeia.Charts;

/// <summary>Code, commands or their output, as they are.</summary>
/// <param name="Text">The lines.</param>
public sealed record CodeBlock(string Text) : ReportBlock
{
    /// <summary>What the lines are.</summary>
    public string Caption { get; init; } = "";

    internal override void Write(Markup page)
    {
        page.Write($"<figure class='code'>");
        if (Caption != "") page.Write($"<figcaption>{Caption}</figcaption>");
        page.Write($"<pre tabindex='0'><code>{Text.ReplaceLineEndings("\n").Trim('\n')}</code></pre></figure>");
    }
}
