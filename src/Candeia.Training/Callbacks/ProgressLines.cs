using System.Text;

namespace Candeia.Training;

/// <summary>Words in as many lines as they need, each but the first a little to the right; no line is wider than the window.</summary>
internal sealed class ProgressLines(int columns, ProgressColors colors)
{
    const int Indent = 2;
    readonly StringBuilder _text = new();
    int _column;

    /// <summary>One more word, and how far it stands from the one before it.</summary>
    public void Add(string word, string color = "", int gap = 1)
    {
        if (_column == 0) gap = 0;
        else if (_column + gap + word.Length > columns)
        {
            _text.Append(Environment.NewLine);
            (_column, gap) = (0, Indent);
        }
        if (gap + word.Length > columns) word = word[..Math.Max(0, columns - gap)];
        _text.Append(' ', gap).Append(colors.Paint(word, color));
        _column += gap + word.Length;
    }

    /// <summary>The numbers of a pass, after what it is called.</summary>
    public void Add(string label, PhaseResult result, string color)
    {
        Add(label, color, gap: 3);
        foreach (var (name, value) in History.Numbers(result)) Add($"{name} {ProgressNumber.Of(value)}");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
