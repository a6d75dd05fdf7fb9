using Candeia.Data;

namespace Candeia.Datasets;

/// <summary>
/// Makes numbers of the rows of a table, as it has learnt from the rows of the training alone: numbers become distances from the mean in standard deviations,
/// categories a number for each value and one for unknown ones, dates their parts, and where cells are missing one more number says so. What is to be predicted is
/// the column <see cref="Target"/>.
/// </summary>
/// <remarks>
/// A number that is missing counts as the mean, a category that the training has not seen, or only once, as unknown. Left out are columns whose cells are all the same, and
/// words that are different in most rows; <see cref="LeftOut"/> says which and why.
/// </remarks>
/// <example><code>
/// var flats = DataFrame.Of([
///     new { Area = 70.0, Quarter = "harbour", Rent = 900.0 },
///     new { Area = 50.0, Quarter = "harbour", Rent = 700.0 },
///     new { Area = 60.0, Quarter = "park", Rent = 1000.0 },
///     new { Area = 80.0, Quarter = "park", Rent = 1200.0 },
/// ]);
/// var encoder = TableEncoder.Fit(flats, target: "Rent");
/// TensorDataset data = encoder.Dataset(flats);
/// Console.WriteLine(string.Join(", ", encoder.Features));                 // → Area, Quarter=harbour, Quarter=park, Quarter unknown
/// Console.WriteLine($"x {data.X.Shape}, y {data.Y.Shape}");               // → x [4, 4], y [4]
/// </code></example>
public sealed partial class TableEncoder : IPreprocessing<DataFrame>
{
    const int FewClasses = 10, MostClasses = 1000;
    readonly ColumnEncoding[] _columns;

    TableEncoder(
        ColumnEncoding[] columns, string target, ColumnKind targetKind, IReadOnlyList<string> classes, double mean, double deviation,
        IReadOnlyDictionary<string, string> leftOut)
    {
        (_columns, Target, TargetKind, Classes, TargetMean, TargetDeviation, LeftOut) = (columns, target, targetKind, classes, mean, deviation, leftOut);
        Features = [.. columns.SelectMany(c => c.Features)];
        Origins = [.. columns.SelectMany(c => Enumerable.Repeat(c.Name, c.Width))];
    }

    /// <summary>The column that is predicted.</summary>
    public string Target { get; }

    /// <summary>Numbers or classes.</summary>
    public TableTask Task => Classes.Count > 0 ? TableTask.Classification : TableTask.Regression;

    /// <summary>The names of the classes, in the order of their numbers; none, where a number is predicted.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The mean of the target in the training; 0 for classes.</summary>
    public double TargetMean { get; }

    /// <summary>The standard deviation of the target in the training; 1 for classes.</summary>
    public double TargetDeviation { get; }

    /// <summary>What each number of an encoded row is: <c>area</c>, <c>quarter=harbour</c>, <c>quarter unknown</c>, <c>built missing</c>.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The column that each number of an encoded row comes from: as many as <see cref="Features"/>.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>The columns that are needed to predict.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Select(c => c.Name)];

    /// <summary>The kinds of the columns, target and all, for reading another table like this one: <c>CsvTable.Read(file, kinds: encoder.Kinds)</c>.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds =>
        _columns.Select(c => (c.Name, c.Kind)).Append((Name: Target, Kind: TargetKind)).ToDictionary(c => c.Name, c => c.Kind);

    /// <summary>Columns that nothing is learnt from, and why.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; }

    ColumnKind TargetKind { get; }

    /// <summary>Learns from the rows of a training how to encode those and others. Rows without a target count for nothing.</summary>
    /// <param name="training">The rows; those that the network will be tested on must not be among them.</param>
    /// <param name="target">The column that is to be predicted.</param>
    /// <param name="task">Whether it is a number or a class.</param>
    /// <param name="without">Columns that shall not be used.</param>
    /// <exception cref="DatasetException">There is no such column, or nothing can be learnt: the target is the same everywhere, or no column is left.</exception>
    public static TableEncoder Fit(DataFrame training, string target, TableTask task = TableTask.Auto, IReadOnlyCollection<string>? without = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(target);
        var rows = Known(training, target);
        var known = rows.Length == training.Count ? training : training.Subset(rows);
        var goal = known[target];
        task = TaskOf(training.Name, goal, task);
        string[] classes = task == TableTask.Classification ? ClassesOf(training.Name, goal) : [];
        var (mean, deviation) = task == TableTask.Classification ? (0, 1) : Moments(training.Name, goal);
        List<ColumnEncoding> columns = [];
        Dictionary<string, string> leftOut = [];
        foreach (var column in known.Columns.Where(c => c != goal))
        {
            string why = "it was asked for";
            if (without?.Contains(column.Name) != true && ColumnEncoding.Of(column, out why) is { } encoding) columns.Add(encoding);
            else leftOut[column.Name] = why;
        }
        if (columns.Count == 0)
        {
            string why = leftOut.Count > 0 ? $": {leftOut.First().Key} is left out because {leftOut.First().Value}" : "";
            throw new DatasetException($"'{training.Name}' has no column that '{target}' could be predicted from{why}; take a table with more columns.");
        }
        return new([.. columns], target, goal.Kind, classes, mean, deviation, leftOut);
    }

    /// <summary>The numbers of each row, float32 [rows, features].</summary>
    /// <param name="table">It needs the <see cref="Columns"/>; others are passed over, the target too.</param>
    /// <exception cref="DatasetException">Columns are missing, or hold words where numbers were.</exception>
    public Tensor Encode(DataFrame table)
    {
        var columns = Find(table);
        if ((long)table.Count * Features.Count > Array.MaxLength) throw new DatasetException($"'{table.Name}' has too many rows for {Features.Count} numbers each; take a part of it.");
        var numbers = new float[table.Count * Features.Count];
        int at = 0;
        foreach (var (encoding, column) in _columns.Zip(columns))
        {
            for (int row = 0; row < table.Count; row++) encoding.Write(column, row, numbers.AsSpan(row * Features.Count + at, encoding.Width));
            at += encoding.Width;
        }
        return Tensor.From(numbers, [table.Count, Features.Count]);
    }

    /// <summary>
    /// The rows with their targets as tensors: of a number its distance from <see cref="TargetMean"/> in <see cref="TargetDeviation"/>s, float32 [n]; of a class its place among
    /// <see cref="Classes"/>, int64 [n]. Rows without a target are left out.
    /// </summary>
    /// <param name="table">It needs the <see cref="Columns"/> and the target.</param>
    /// <exception cref="DatasetException">Columns are missing, or hold words where numbers were; or a row has a class that the training has not seen.</exception>
    public TensorDataset Dataset(DataFrame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] rows = Known(table, Target);
        var known = rows.Length == table.Count ? table : table.Subset(rows);
        return new(Encode(known), Targets(known)) { Features = Features, Classes = Task == TableTask.Classification ? Classes : null };
    }

    /// <summary>Numbers in the units of the target, from what a network says that has learnt from <see cref="Dataset"/>.</summary>
    /// <param name="output">As many as there are rows, in any shape.</param>
    /// <exception cref="InvalidOperationException">Classes are predicted, not numbers.</exception>
    public double[] Decode(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Task == TableTask.Classification) throw new InvalidOperationException($"'{Target}' is a class; take the place of the largest output, and its name from Classes.");
        return Array.ConvertAll(output.ToArray<double>(), y => y * TargetDeviation + TargetMean);
    }

    Tensor IPreprocessing<DataFrame>.Apply(DataFrame asked) => Encode(asked);

    Tensor IPreprocessing<DataFrame>.Answer(Tensor output) => Task == TableTask.Classification ? output : output * TargetDeviation + TargetMean;

    /// <summary>The words that the training knew in a column; none where it had numbers or dates.</summary>
    /// <param name="column">One of the <see cref="Columns"/>.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> ValuesOf(string column) =>
        _columns.FirstOrDefault(c => c.Name == column)?.Values
        ?? throw new ArgumentException($"There is no column '{column}'; there are {string.Join(", ", Columns)}.", nameof(column));

    /// <summary>
    /// A row that the training could have had, for forms and examples: the means of its numbers and dates, the first of its words; as texts, by
    /// column.
    /// </summary>
    public IReadOnlyDictionary<string, string> Example => _columns.ToDictionary(c => c.Name, c => c.Example);

    /// <summary>How many cells of a table say what no row of the training said, by column: unknown categories, and missing cells where none was missing. They are encoded all the same.</summary>
    /// <param name="table">It needs the <see cref="Columns"/>.</param>
    /// <exception cref="DatasetException">Columns are missing, or hold words where numbers were.</exception>
    public IReadOnlyDictionary<string, int> Unseen(DataFrame table) => _columns.Zip(Find(table))
        .Select(c => (c.First.Name, Count: Enumerable.Range(0, table.Count).Count(row => c.First.IsUnseen(c.Second, row)))).Where(c => c.Count > 0).ToDictionary(c => c.Name, c => c.Count);

    /// <summary>The rows whose target is there.</summary>
    static int[] Known(DataFrame table, string target)
    {
        var goal = table[target];
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(r => !goal.IsMissing(r))];
        return rows.Length > 0 ? rows : throw new DatasetException($"'{table.Name}' has no row with a value in its column '{target}'; name another target, or fill the column.");
    }

    static TableTask TaskOf(string table, DataColumn goal, TableTask task)
    {
        if (goal.Kind == ColumnKind.Date) throw new DatasetException($"The target '{goal.Name}' of '{table}' holds dates, and dates cannot be predicted; name another column.");
        if (task == TableTask.Regression && goal.IsWords) throw new DatasetException($"The target '{goal.Name}' of '{table}' holds words, not numbers; ask for classification, or name another column.");
        if (task != TableTask.Auto) return task;
        bool few = goal.Kind == ColumnKind.Integer && Enumerable.Range(0, goal.Count).Select(goal.Number).Distinct().Count() <= FewClasses;
        return few || goal.IsWords || goal.Kind == ColumnKind.Boolean ? TableTask.Classification : TableTask.Regression;
    }

    static string[] ClassesOf(string table, DataColumn goal)
    {
        int[] firsts = [.. Enumerable.Range(0, goal.Count).DistinctBy(goal.Text)];
        string[] classes = [.. goal.IsWords ? firsts.Select(r => goal.Text(r)!).Order(StringComparer.Ordinal) : firsts.OrderBy(goal.Number).Select(r => goal.Text(r)!)];
        if (classes.Length == 1)
            throw new DatasetException($"The target '{goal.Name}' of '{table}' is '{classes[0]}' in every row, so there is nothing to tell apart; name another column.");
        if (classes.Length > MostClasses || (goal.IsWords ? goal.Kind == ColumnKind.Text : 2 * classes.Length > goal.Count))
            throw new DatasetException($"The target '{goal.Name}' of '{table}' has {classes.Length:N0} different values in {goal.Count:N0} rows, too many for classes; "
                + $"{(goal.IsWords ? "" : "ask for regression, or ")}name another column.");
        return classes;
    }

    static (double Mean, double Deviation) Moments(string table, DataColumn goal)
    {
        double mean = Enumerable.Range(0, goal.Count).Sum(r => goal.Number(r) / goal.Count);
        double deviation = Math.Sqrt(Enumerable.Range(0, goal.Count).Sum(r => Math.Pow(goal.Number(r) - mean, 2) / goal.Count));
        if (!double.IsFinite(deviation)) throw new DatasetException($"The target '{goal.Name}' of '{table}' has numbers too large to compute with; take their logarithms.");
        return deviation > 1e-12 * Math.Abs(mean) ? (mean, deviation)
            : throw new DatasetException($"The target '{goal.Name}' of '{table}' is {goal.Text(0)} in every row, so there is nothing to learn; name another column.");
    }

    DataColumn[] Find(DataFrame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] missing = [.. Columns.Where(c => table.Find(c) is null)];
        if (missing.Length > 0)
        {
            string names = $"{string.Join(", ", missing.Take(20).Select(m => $"'{m}'"))}{(missing.Length > 20 ? ", …" : "")}";
            throw new DatasetException($"'{table.Name}' lacks the column{(missing.Length > 1 ? "s" : "")} {names}, which the model has learnt from; "
                + $"add {(missing.Length > 1 ? "them" : "it")}, with empty cells where nothing is known.");
        }
        DataColumn[] columns = [.. Columns.Select(c => table[c])];
        foreach (var (encoding, column) in _columns.Zip(columns))
            if (!encoding.Takes(column)) throw Words(table, column.Name, encoding.Kind == ColumnKind.Date ? "dates" : "numbers");
        return columns;
    }

    Tensor Targets(DataFrame table)
    {
        var goal = table[Target];
        if (Task == TableTask.Regression)
        {
            if (goal.IsWords) throw Words(table, Target, "numbers");
            return Tensor.From([.. Enumerable.Range(0, goal.Count).Select(r => (float)((goal.Number(r) - TargetMean) / TargetDeviation))]);
        }
        var places = Classes.Index().ToDictionary(c => c.Item, c => (long)c.Index, StringComparer.Ordinal);
        return Tensor.From([.. Enumerable.Range(0, goal.Count).Select(r => places.TryGetValue(goal.Text(r)!, out long place) ? place
            : throw new DatasetException($"'{table.Name}' has the class '{goal.Text(r)}' in its column '{Target}', and the training had {string.Join(", ", Classes.Take(20))} alone; leave such rows out."))]);
    }

    static DatasetException Words(DataFrame table, string column, string instead) =>
        new($"The column '{column}' of '{table.Name}' holds words where the training had {instead}; correct it, or leave cells empty.");
}
