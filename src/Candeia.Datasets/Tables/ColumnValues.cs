using System.Globalization;

namespace Candeia.Datasets;

/// <summary>Columns of values whose types are known: properties of objects, columns of binary files.</summary>
internal static class ColumnValues
{
    /// <summary>A column of values of a type, or of null.</summary>
    /// <exception cref="ArgumentException">No column has cells of this type.</exception>
    public static DataColumn Of(string name, Type type, IReadOnlyList<object?> values)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool)) return new(name, ColumnKind.Boolean, Numbers(values, v => (bool)v ? 1 : 0));
        if (type.IsEnum) return new(name, ColumnKind.Category, [.. values.Select(v => v?.ToString())]);
        if (type == typeof(string) || type == typeof(char) || type == typeof(Guid)) return DataColumn.OfWords(name, [.. values.Select(v => v is null ? null : Convert.ToString(v, CultureInfo.InvariantCulture))]);
        if (type == typeof(DateTime)) return new(name, ColumnKind.Date, Numbers(values, v => Dates.Days((DateTime)v)));
        if (type == typeof(DateOnly)) return new(name, ColumnKind.Date, Numbers(values, v => ((DateOnly)v).DayNumber));
        if (type == typeof(DateTimeOffset)) return new(name, ColumnKind.Date, Numbers(values, v => Dates.Days(((DateTimeOffset)v).UtcDateTime)));
        if (Whole(type)) return new(name, ColumnKind.Integer, Numbers(values, v => Convert.ToDouble(v, CultureInfo.InvariantCulture)));
        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            return new(name, ColumnKind.Number, Numbers(values, v => Convert.ToDouble(v, CultureInfo.InvariantCulture)));
        throw new ArgumentException($"The column '{name}' has values of type {type.Name}; numbers, true and false, dates and words are taken. Leave it out, or make it one of these.", nameof(type));
    }

    static bool Whole(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte)
        || type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(sbyte);

    static double[] Numbers(IReadOnlyList<object?> values, Func<object, double> number) => [.. values.Select(v => v is null ? double.NaN : number(v))];
}
