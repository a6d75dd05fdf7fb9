using System.Globalization;

namespace Candeia;

/// <summary>
/// Reads the dictionary in the header of a NumPy array, which is a literal of Python: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }</c>.
/// Only what NumPy writes there is understood.
/// </summary>
internal ref struct NpyDictionary(string text, string source)
{
    const int MostDimensions = 64;
    readonly ReadOnlySpan<char> _text = text;
    int _at;

    public (string Descr, bool IsFortran, List<long> Shape) Parse()
    {
        string? descr = null;
        bool? isFortran = null;
        List<long>? shape = null;
        Expect('{');
        while (!Take('}'))
        {
            string key = Text();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = Descr(); break;
                case "fortran_order" when isFortran is null: isFortran = Truth(); break;
                case "shape" when shape is null: shape = Shape(); break;
                default: throw Error($"has {TensorFileException.Quote(key)} in its header, which does not belong there, or twice");
            }
            if (Take(',')) continue;
            Expect('}');
            break;
        }
        Skip();
        if (_at < _text.Length) throw Error($"has more in its header than a dictionary, at its character {_at}");
        if (descr is null || isFortran is not { } fortran || shape is null) throw Error("lacks descr, fortran_order or shape in its header");
        return (descr, fortran, shape);
    }

    string Descr()
    {
        Skip();
        return _at < _text.Length && _text[_at] == '[' ? throw Error("holds structures of several numbers, which tensors cannot hold; save each field as an array of its own") : Text();
    }

    string Text()
    {
        Skip();
        if (_at < _text.Length && _text[_at] is '\'' or '"')
        {
            char quote = _text[_at];
            int length = _text[(_at + 1)..].IndexOf(quote);
            if (length >= 0)
            {
                var text = _text.Slice(_at + 1, length);
                _at += length + 2;
                if (!text.Contains('\\')) return text.ToString();
            }
        }
        throw Error($"has no text in its header where one belongs, at its character {_at}");
    }

    bool Truth()
    {
        Skip();
        foreach (string word in (ReadOnlySpan<string>)["True", "False"])
        {
            if (!_text[_at..].StartsWith(word)) continue;
            _at += word.Length;
            return word == "True";
        }
        throw Error($"says neither True nor False of fortran_order");
    }

    List<long> Shape()
    {
        List<long> sizes = [];
        Expect('(');
        while (!Take(')'))
        {
            sizes.Add(Whole());
            if (sizes.Count > MostDimensions) throw Error($"has more than {MostDimensions} dimensions");
            if (Take(',')) continue;
            if (sizes.Count == 1) throw Error("has a number where a shape belongs: (3,) has one dimension, (3) is none");
            Expect(')');
            break;
        }
        return sizes;
    }

    // Python 2 wrote 3L for what does not fit into 32 bits.
    long Whole()
    {
        Skip();
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        if (!long.TryParse(_text[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out long value)) throw Error($"has a size in its shape that is no whole number below 2⁶³");
        if (_at < _text.Length && _text[_at] == 'L') _at++;
        return value;
    }

    void Expect(char c)
    {
        if (!Take(c)) throw Error($"has no '{c}' in its header where one belongs, at its character {_at}");
    }

    bool Take(char c)
    {
        Skip();
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    void Skip()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\t' or '\r') _at++;
    }

    readonly TensorFileException Error(string what) => new($"{source} {what}.");
}
