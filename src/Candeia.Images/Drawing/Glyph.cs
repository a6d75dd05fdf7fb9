using System.Collections.Concurrent;
using System.Numerics;

namespace Candeia.Images;

/// <summary>One drawn character: straight pieces of the pen's way, in pixels at the nominal size, y upward from the baseline.</summary>
internal sealed class Glyph
{
    const float CurveWeight = 0.8f;                                  // 0.71 would be ellipses; a little squarer reads better when small
    const int Pieces = 6;                                            // straight pieces of a curve
    const float SpaceWidth = 2;
    const string Missing = "060qaqa6z";                              // an empty box

    // Letters with marks are written without them: that can still be read.
    const string Marked = "ÀÁÂÃÄÅĀĂĄÇĆČĎÈÉÊËĒĖĘĚĞÌÍÎÏĪĮİŁÑŃŇÒÓÔÕÖØŌŐŘŚŞŠŤÙÚÛÜŪŮŰŲÝŸŹŻŽàáâãäåāăąçćčďèéêëēėęěğìíîïīįıłñńňòóôõöøōőřśşšťùúûüūůűųýÿźżž";
    const string Plain = "AAAAAAAAACCCDEEEEEEEEGIIIIIIILNNNOOOOOOOORSSSTUUUUUUUUYYZZZaaaaaaaaacccdeeeeeeeegiiiiiiilnnnoooooooorssstuuuuuuuuyyzzz";

    static readonly ConcurrentDictionary<char, Glyph> s_glyphs = new();

    readonly List<(Vector2 From, Vector2 To)> _lines = [];

    Glyph(string strokes)
    {
        Width = strokes.Length == 0 ? SpaceWidth : 0;
        foreach (string stroke in strokes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Add(stroke);
    }

    public IReadOnlyList<(Vector2 From, Vector2 To)> Lines => _lines;

    /// <summary>From the leftmost to the rightmost place that the pen is led to.</summary>
    public float Width { get; private set; }

    public static Glyph Of(char character) => s_glyphs.GetOrAdd(character, static c => new(GlyphTable.StrokesOf(c) ?? GlyphTable.StrokesOf(Unmarked(c)) ?? Missing));

    static char Unmarked(char character) => Marked.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at ? Plain[at] : character;

    void Add(string stroke)
    {
        bool closed = stroke[^1] == 'z';
        var points = Points(closed ? stroke[..^1] : stroke);
        Width = Math.Max(Width, points.Max(point => point.At.X));
        if (closed) Close(points);
        var pen = points[0].At;
        if (points.Count == 1) _lines.Add((pen, pen));
        for (int i = 1; i < points.Count; i++)
        {
            var (at, control) = points[i];
            if (!control) Line(ref pen, at);
            else if (points[i + 1].IsControl) Curve(ref pen, at, (at + points[i + 1].At) / 2);
            else Curve(ref pen, at, points[++i].At);
        }
    }

    static List<(Vector2 At, bool IsControl)> Points(string stroke)
    {
        var points = new List<(Vector2, bool)>();
        for (int i = 0; i < stroke.Length; i += 2)
        {
            bool control = stroke[i] == '~';
            if (control) i++;
            points.Add((new(Digit(stroke[i]) / 2f, (Digit(stroke[i + 1]) - 6) / 2f), control));
        }
        return points;
    }

    /// <summary>Makes the stroke end where it begins; one of control points only begins midway between the last and the first.</summary>
    static void Close(List<(Vector2 At, bool IsControl)> points)
    {
        if (points[0].IsControl) points.Insert(0, ((points[0].At + points[^1].At) / 2, false));
        points.Add(points[0]);
    }

    static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'a' + 10;

    void Line(ref Vector2 pen, Vector2 to)
    {
        _lines.Add((pen, to));
        pen = to;
    }

    void Curve(ref Vector2 pen, Vector2 control, Vector2 to)
    {
        var from = pen;
        for (int i = 1; i <= Pieces; i++)
        {
            float t = (float)i / Pieces, a = (1 - t) * (1 - t), b = 2 * t * (1 - t) * CurveWeight, c = t * t;
            Line(ref pen, (a * from + b * control + c * to) / (a + b + c));
        }
    }
}
