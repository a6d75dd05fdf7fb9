using System.Globalization;
using System.Text;

namespace Candeia;

/// <summary>Writes a tensor as torch does: aligned numbers, a common factor where they are large or small, matrix after matrix, type and shape last.</summary>
internal sealed class TensorPrinter
{
    const int MaxLines = 30;
    const int LineLength = 80;
    readonly Tensor _x;
    readonly Numbers _format;
    readonly StringBuilder _text = new();
    readonly int _indent;
    int _lines;
    long _written;

    TensorPrinter(Tensor x)
    {
        _x = x;
        _format = Numbers.For(x);
        _indent = x.Rank > 2 ? 1 : 0;
    }

    public static string Print(Tensor x)
    {
        var host = x.Detach().To(Device.Cpu).Contiguous();
        var printer = new TensorPrinter(host);
        if (host.Rank == 0) printer.Line(printer._format.Alone(host.GetNumber(host.Layout.Offset)));
        else if (host.Numel > 0) printer.Body();
        if (printer._written < host.Numel && host.Rank > 0) printer._text.Append(CultureInfo.InvariantCulture, $"... [{host.Numel - printer._written} more values]\n");
        printer._text.Append(CultureInfo.InvariantCulture, $"[ {Name(x)} ]");
        return printer._text.ToString();
    }

    /// <summary>Type and shape, and what else distinguishes a tensor: <c>float32 [64, 1] requires grad</c>.</summary>
    public static string Name(Tensor x)
    {
        string device = x.Device == Device.Cpu ? "" : $" on {x.Device}";
        string grad = x.RequiresGrad ? x.Node is { } node ? $" from {node.Op.Name}" : " requires grad" : "";
        return $"{x.DType.ToString().ToLowerInvariant()} {x.Shape}{device}{grad}";
    }

    void Body()
    {
        int columns = _x.Rank == 1 ? 1 : _x.Shape[^1], rows = _x.Rank == 1 ? _x.Shape[0] : _x.Shape[^2];
        long matrices = _x.Numel / ((long)rows * columns);
        for (long m = 0; m < matrices && _lines < MaxLines; m++)
        {
            if (_x.Rank > 2)
            {
                if (m > 0) Line("");
                Line($"({string.Join(",", Index(m))},.,.) = ");
            }
            Matrix(m * rows * columns, rows, columns);
        }
    }

    void Matrix(long start, int rows, int columns)
    {
        if (_format.Factor != 1) Line($"{new string(' ', _indent)}{_format.FactorText} *");
        int perLine = Math.Max(1, (LineLength - _indent) / (_format.Width + 1));
        for (int first = 0; first < columns && _lines < MaxLines; first += perLine)
        {
            int last = Math.Min(columns, first + perLine);
            if (columns > perLine)
            {
                if (first > 0) Line("");
                Line($"{new string(' ', _indent)}Columns {first} to {last - 1}");
            }
            for (int r = 0; r < rows && _lines < MaxLines; r++)
            {
                var numbers = Enumerable.Range(first, last - first).Select(c => _format.Of(_x.GetNumber(_x.Layout.Offset + start + (long)r * columns + c)));
                Line($"{new string(' ', _indent)}{string.Join(' ', numbers)}");
                _written += last - first;
            }
        }
    }

    /// <summary>The leading indices of a matrix.</summary>
    int[] Index(long matrix)
    {
        int[] index = new int[_x.Rank - 2];
        for (int d = index.Length - 1; d >= 0; matrix /= _x.Shape[d--]) index[d] = (int)(matrix % _x.Shape[d]);
        return index;
    }

    void Line(string text)
    {
        _text.Append(text).Append('\n');
        _lines++;
    }

    /// <summary>How the numbers of one tensor are written.</summary>
    readonly record struct Numbers(int Width, string Format, double Factor, bool Whole)
    {
        public string FactorText => Factor.ToString("0e+00", CultureInfo.InvariantCulture);

        public static Numbers For(Tensor x)
        {
            double[] values = x.ToArray<double>();
            double[] finite = [.. values.Where(double.IsFinite).Select(Math.Abs)];
            int least = Exponent(finite.Length == 0 ? 1 : finite.Min()), most = Exponent(finite.Length == 0 ? 1 : finite.Max());
            if (!x.DType.IsFloatingPoint())
            {
                int longest = values.Length == 0 ? 1 : values.Max(v => v.ToString("F0", CultureInfo.InvariantCulture).Length);
                return new(values.Any(v => v < 0) ? longest : longest + 1, "F0", 1, Whole: true);
            }
            bool extreme = Math.Abs(most) > 99 || Math.Abs(least) > 99;
            if (Array.TrueForAll(finite, double.IsInteger)) return most > 9 ? new(11, "0.0000e+00", 1, false) : new(Math.Max(most + 1, finite.Length < values.Length ? 3 : 0), "0", 1, Whole: true);
            if (most - least > 4) return new(extreme ? 12 : 11, "0.0000e+00", 1, false);
            if (most is > 5 or < 0) return new(7, "F4", Math.Pow(10, most - 1), false);
            return new(most == 0 ? 7 : most + 6, "F4", 1, false);
        }

        static int Exponent(double value) => value == 0 ? 1 : (int)Math.Floor(Math.Log10(value)) + 1;

        public string Of(double value) => Text(value).PadLeft(Width);

        /// <summary>A single number needs no alignment.</summary>
        public string Alone(double value) => double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : Text(value);

        string Text(double value) =>
            double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : (value / Factor).ToString(Format, CultureInfo.InvariantCulture);
    }
}
