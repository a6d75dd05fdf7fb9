using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace Candeia.Charts;

/// <summary>Rows and columns; numbers are aligned at their point, each column with digits enough for its smallest number.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">A cell for each column: text, number, time span, or null.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) : ReportBlock
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; } = Checked(Columns, Rows);

    /// <summary>What the table shows.</summary>
    public string Caption { get; init; } = "";

    /// <summary>A column for each public property, named as the property is: <c>TrainLoss</c> becomes <c>train loss</c>.</summary>
    public static Table Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> rows)
    {
        PropertyInfo[] properties = [.. typeof(T).GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0)];
        IReadOnlyList<object?> Cells(T row) => [.. properties.Select(p => p.GetValue(row))];
        return new([.. properties.Select(p => Words(p.Name))], [.. rows.Select(Cells)]);
    }

    internal override void Write(Markup page)
    {
        var columns = Columns.Select((_, j) => Column.Of([.. Rows.Select(r => r[j])])).ToArray();
        page.Write($"<div class='card table' tabindex='0'><table>");
        if (Caption != "") page.Write($"<caption>{Caption}</caption>");
        page.Write($"<thead><tr>");
        foreach (var (name, column) in Columns.Zip(columns)) page.Write($"<th scope='col' class='{column.Class}'>{name}</th>");
        page.Write($"</tr></thead><tbody>");
        for (int i = 0; i < Rows.Count; i++)
        {
            page.Write($"<tr>");
            foreach (var column in columns) page.Write($"<td class='{column.Class}'>{column.Cells[i]}</td>");
            page.Write($"</tr>");
        }
        page.Write($"</tbody></table></div>");
    }

    // TrainLoss is train loss, and MSE stays MSE.
    static string Words(string name)
    {
        var words = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = char.IsUpper(name[i]) && (i == 0 || !char.IsUpper(name[i - 1]));
            bool initials = i + 1 < name.Length && char.IsUpper(name[i + 1]);
            if (begins && i > 0) words.Append(' ');
            words.Append(begins && !initials ? char.ToLowerInvariant(name[i]) : name[i]);
        }
        return words.ToString();
    }

    static IReadOnlyList<IReadOnlyList<object?>> Checked(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        foreach (var (i, row) in rows.Index())
        {
            if (row.Count != columns.Count)
                throw new ArgumentException($"Row {i} of the table has {row.Count} cells for {columns.Count} columns.", nameof(rows));
        }
        return rows;
    }
}
