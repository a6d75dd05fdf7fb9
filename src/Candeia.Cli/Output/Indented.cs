using Spectre.Console;
using Spectre.Console.Rendering;

namespace Candeia.Cli;

/// <summary>Text that begins each of its lines a little to the right, and ends it without blanks.</summary>
sealed class Indented(string text, int by) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Segment.SplitLines(((IRenderable)new Spectre.Console.Text(text)).Render(options, Math.Max(1, maxWidth - by))))
        {
            string words = string.Concat(line.Select(s => s.Text)).TrimEnd();
            if (words.Length > 0) yield return new Segment(new string(' ', by) + words);
            yield return Segment.LineBreak;
        }
    }
}
