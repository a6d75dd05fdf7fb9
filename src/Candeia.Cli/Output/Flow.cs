using System.Text;

namespace Candeia.Cli;

/// <summary>A text that comes piece by piece: in a window lines end between words, elsewhere it is as it comes.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="columns">How many letters a line has room for; <see cref="int.MaxValue"/> where no window shows it.</param>
sealed class Flow(TextWriter output, int columns)
{
    readonly StringBuilder _word = new();
    int _column;

    /// <summary>One more piece. In a window a word is held back until it is known whether the line has room for it.</summary>
    public void Add(string piece)
    {
        if (columns == int.MaxValue) output.Write(piece);
        else foreach (char letter in piece) Add(letter);
        output.Flush();
    }

    /// <summary>What was held back, and the end of the line.</summary>
    public void End()
    {
        Put();
        output.WriteLine();
    }

    void Add(char letter)
    {
        if (letter is not (' ' or '\n'))
        {
            _word.Append(letter);
            if (_word.Length >= columns) Put();              // longer than any line
            return;
        }
        Put();
        if (letter == '\n' || _column + 1 > columns) Break();
        else
        {
            output.Write(letter);
            _column++;
        }
    }

    void Put()
    {
        if (_column > 0 && _column + _word.Length > columns) Break();
        output.Write(_word);
        _column += _word.Length;
        _word.Clear();
    }

    void Break()
    {
        output.WriteLine();
        _column = 0;
    }
}
