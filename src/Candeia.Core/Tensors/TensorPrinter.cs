using System.Globalization;
using System.Text;

namespace Candeia;

/// <summary>Writes a tensor as torch does: aligned numbers, a common factor where they are large or small, matrix after matrix, type and shape last.</summary>
internal sealed class TensorPrinter
{
    const int MaxLines = 30;
    const int LineLength = 80;
    readonly Tensor _x;
    readonly NumberFormat _format;
    readonly StringBuilder _text = new();
    readonly int _indent;
    int _lines;
    long _written;

    TensorPrinter(Tensor x)
    {
        _x = x;
        _format = NumberFormat.For(x);
        _indent = x.Rank > 2 ? 1 : 0;
    }

    public static string Print(Tensor x)
    {
        var host = x.Detach().To(Device.Cpu).Contiguous();
        var printer = new TensorPrinter(host);
        if (host.Rank == 0) printer.Line(printer._format.Alone(host, host.Layout.Offset));
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
        return $"{x.DType.Name()} {x.Shape}{device}{grad}";
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
        if (_format.Factor != 1) Line($"{new string(' ', _indent)}{_format.Factor.ToString("0e+00", CultureInfo.InvariantCulture)} *");
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
                var numbers = Enumerable.Range(first, last - first).Select(c => _format.Of(_x, _x.Layout.Offset + start + (long)r * columns + c));
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
}
