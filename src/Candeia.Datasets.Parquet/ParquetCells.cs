using Parquet;
using Parquet.Schema;

namespace Candeia.Datasets;

/// <summary>The cells of a column while its row groups are read.</summary>
internal abstract class ParquetCells
{
    const string Known = "bool sbyte byte short ushort int uint long ulong float double decimal DateTime DateOnly string";

    /// <summary>Whether cells of a type are taken.</summary>
    public static bool Knows(Type type) => Make(type) is not null;

    /// <summary>No cells yet, of a column.</summary>
    public static ParquetCells Of(DataField field) => Make(field.ClrType) ?? throw new NotSupportedException($"cells are {Known}");

    /// <summary>Reads those of a row group.</summary>
    public abstract void Add(ParquetRowGroupReader group, DataField field, int rows);

    /// <summary>All that were read.</summary>
    public abstract DataColumn Column(string name);

    static ParquetCells? Make(Type type) =>
        type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? new Words()
        : type == typeof(bool) ? new Numbers<bool>(ColumnKind.Boolean, v => v ? 1 : 0)
        : type == typeof(sbyte) ? new Numbers<sbyte>(ColumnKind.Integer, v => v) : type == typeof(byte) ? new Numbers<byte>(ColumnKind.Integer, v => v)
        : type == typeof(short) ? new Numbers<short>(ColumnKind.Integer, v => v) : type == typeof(ushort) ? new Numbers<ushort>(ColumnKind.Integer, v => v)
        : type == typeof(int) ? new Numbers<int>(ColumnKind.Integer, v => v) : type == typeof(uint) ? new Numbers<uint>(ColumnKind.Integer, v => v)
        : type == typeof(long) ? new Numbers<long>(ColumnKind.Integer, v => v) : type == typeof(ulong) ? new Numbers<ulong>(ColumnKind.Integer, v => v)
        : type == typeof(float) ? new Numbers<float>(ColumnKind.Number, v => v) : type == typeof(double) ? new Numbers<double>(ColumnKind.Number, v => v)
        : type == typeof(decimal) ? new Numbers<decimal>(ColumnKind.Number, v => (double)v)
        : type == typeof(DateTime) ? new Numbers<DateTime>(ColumnKind.Date, v => (double)v.Ticks / TimeSpan.TicksPerDay)
        : type == typeof(DateOnly) ? new Numbers<DateOnly>(ColumnKind.Date, v => v.DayNumber) : null;

    sealed class Words : ParquetCells
    {
        readonly List<string?> _all = [];

        public override void Add(ParquetRowGroupReader group, DataField field, int rows)
        {
            var texts = new string?[rows];
            group.ReadAsync(field, texts.AsMemory()!).AsTask().GetAwaiter().GetResult();
            _all.AddRange(texts);
        }

        public override DataColumn Column(string name) => DataColumn.OfWords(name, [.. _all]);
    }

    sealed class Numbers<T>(ColumnKind kind, Func<T, double> number) : ParquetCells where T : struct
    {
        readonly List<double> _all = [];

        public override void Add(ParquetRowGroupReader group, DataField field, int rows)
        {
            if (field.IsNullable)
            {
                var cells = new T?[rows];
                group.ReadAsync<T>(field, cells.AsMemory()).AsTask().GetAwaiter().GetResult();
                _all.AddRange(cells.Select(c => c is { } value ? Finite(number(value)) : double.NaN));
            }
            else
            {
                var cells = new T[rows];
                group.ReadAsync<T>(field, cells.AsMemory()).AsTask().GetAwaiter().GetResult();
                _all.AddRange(cells.Select(c => Finite(number(c))));
            }
        }

        public override DataColumn Column(string name) => new(name, kind, [.. _all]);

        // An infinite number is none to compute with.
        static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
    }
}
