namespace Candeia.Charts;

/// <summary>Code, commands or their output, as they are.</summary>
/// <param name="Text">The lines.</param>
public sealed record CodeBlock(string Text) : ReportBlock
{
    /// <summary>What the lines are.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Whether long lines go on in the next one, as those of a text do; those of code and tables are scrolled.</summary>
    public bool Wraps { get; init; }

    internal override void Write(Markup page)
    {
        page.Write($"<figure class='{(Wraps ? "code text" : "code")}'>");
        if (Caption != "") page.Write($"<figcaption>{Caption}</figcaption>");
        page.Write($"<pre tabindex='0'><code>{Text.ReplaceLineEndings("\n").Trim('\n')}</code></pre></figure>");
    }
}
