namespace Candeia;

/// <summary>Tensors whose dimensions have labels, and how two of them become one: what <see cref="Tensor.Einsum"/> and its relatives are made of.</summary>
static class Contraction
{
    /// <summary>A tensor with a different label for each dimension.</summary>
    readonly record struct Term(Tensor Tensor, string Labels)
    {
        public int Size(char label) => Labels.IndexOf(label, StringComparison.Ordinal) is >= 0 and var d ? Tensor.Shape[d] : 1;
    }

    const char Ellipsis = '\u0100';                                          // its dimensions, from the last to the first, have this label and those behind it

    /// <summary>What an equation says.</summary>
    public static Tensor Of(string equation, ReadOnlySpan<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(equation);
        string text = Chosen(equation, c => !char.IsWhiteSpace(c));
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        string[] parts = (arrow < 0 ? text : text[..arrow]).Split(',');
        if (tensors.Length == 0 || parts.Length != tensors.Length) throw new ArgumentException($"\"{equation}\" speaks of {parts.Length} tensors, not of {tensors.Length}.", nameof(equation));
        var dtype = tensors[0].DType;
        foreach (var t in tensors) dtype = DTypes.Promote(dtype, t.DType);
        if (dtype == DType.Bool) throw new ArgumentException("Products of truth values are not summed; convert with To(dtype).", nameof(tensors));
        List<Term> terms = [];
        int most = 0;
        for (int i = 0; i < parts.Length; i++) terms.Add(Labelled(equation, parts[i], tensors[i].To(dtype), ref most));
        string broadcast = string.Concat(Enumerable.Range(0, most).Select(k => (char)(Ellipsis + most - 1 - k)));
        string result = arrow >= 0 ? Checked(equation, text[(arrow + 2)..], broadcast) : broadcast + string.Concat(parts.SelectMany(p => p.Replace("...", "", StringComparison.Ordinal))
            .GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        foreach (char label in result)
            if (!terms.Exists(t => t.Labels.Contains(label, StringComparison.Ordinal))) throw new ArgumentException($"\"{equation}\" asks for '{label}', which no tensor has.", nameof(equation));
        foreach (var term in terms)
            foreach (char label in term.Labels)
                foreach (var other in terms)
                    if (term.Size(label) is var size && other.Size(label) is var another && size != another && size != 1 && another != 1)
                        throw new ShapeException($"\"{equation}\": '{(label < Ellipsis ? label : '.')}' cannot be {size} and {another} at once.");
        return Product(terms, result);
    }

    /// <summary>A tensor and its labels; of a label that occurs twice, the diagonal.</summary>
    static Term Labelled(string equation, string part, Tensor t, ref int most)
    {
        int dots = part.IndexOf("...", StringComparison.Ordinal);
        string letters = dots < 0 ? part : part.Remove(dots, 3);
        if (!letters.All(char.IsAsciiLetter)) throw new ArgumentException($"\"{equation}\" has parts that are no letters: '{part}'.", nameof(equation));
        int rest = t.Rank - letters.Length;
        if (dots < 0 ? rest != 0 : rest < 0) throw new ShapeException($"'{part}' in \"{equation}\" does not name the dimensions of {t.Shape}.");
        if (dots >= 0)
        {
            most = Math.Max(most, rest);
            letters = letters.Insert(dots, string.Concat(Enumerable.Range(0, rest).Select(k => (char)(Ellipsis + rest - 1 - k))));
        }
        for (int d = 0; d < letters.Length;)
        {
            int other = letters.IndexOf(letters[d], d + 1);
            if (other < 0)
            {
                d++;
                continue;
            }
            if (t.Shape[d] != t.Shape[other]) throw new ShapeException($"'{letters[d]}' in \"{equation}\" cannot be {t.Shape[d]} and {t.Shape[other]} at once.");
            t = t.Diagonal(0, d, other);
            letters = letters.Remove(other, 1).Remove(d, 1) + letters[d];
            d = 0;
        }
        return new(t, letters);
    }

    static string Checked(string equation, string result, string broadcast)
    {
        string letters = result.Replace("...", "", StringComparison.Ordinal);
        if (!letters.All(char.IsAsciiLetter) || letters.Distinct().Count() != letters.Length) throw new ArgumentException($"\"{equation}\" asks for '{result}', which are no different letters.", nameof(equation));
        return result.Replace("...", broadcast, StringComparison.Ordinal);
    }

    /// <summary>Multiplies the terms, the pair first that leaves the least beside what it takes, and sums all labels that are not asked for.</summary>
    static Tensor Product(List<Term> terms, string result)
    {
        while (terms.Count > 1)
        {
            (int first, int second, double best) = (0, 1, double.PositiveInfinity);
            for (int i = 0; i < terms.Count && terms.Count > 2; i++)
                for (int j = i + 1; j < terms.Count; j++)
                {
                    double left = 1;
                    foreach (char label in Needed(terms, i, j, result)) left *= Math.Max(terms[i].Size(label), terms[j].Size(label));
                    left -= (double)terms[i].Tensor.Numel + terms[j].Tensor.Numel;
                    if (left < best) (first, second, best) = (i, j, left);
                }
            var pair = Pair(terms[first], terms[second], Needed(terms, first, second, result));
            terms.RemoveAt(second);
            terms[first] = pair;
        }
        var last = Only(terms[0], result);
        return Ordered(last, result);
    }

    /// <summary>The labels of two terms that are asked for, or that another has.</summary>
    static string Needed(List<Term> terms, int i, int j, string result)
    {
        string labels = terms[i].Labels + Except(terms[j].Labels, terms[i].Labels);
        return Chosen(labels, label => result.Contains(label, StringComparison.Ordinal) || terms.Count > 2 && IsElsewhere(label));

        bool IsElsewhere(char label)
        {
            for (int t = 0; t < terms.Count; t++) if (t != i && t != j && terms[t].Labels.Contains(label, StringComparison.Ordinal)) return true;
            return false;
        }
    }

    /// <summary>The term with those labels alone: all others are summed.</summary>
    static Term Only(Term term, string labels)
    {
        string rest = Except(term.Labels, labels);
        return rest.Length == 0 ? term : new(term.Tensor.Sum(Places(term, rest), keepDim: false, term.Tensor.DType), Except(term.Labels, rest));
    }

    /// <summary>The product of two terms with the labels that are needed, by a batch of matrix products.</summary>
    static Term Pair(Term a, Term b, string needed)
    {
        foreach (char label in Common(a.Labels, b.Labels))                   // what is stretched is no dimension
        {
            if (a.Size(label) == b.Size(label)) continue;
            if (a.Size(label) == 1) a = Without(a, label);
            else b = Without(b, label);
        }
        (a, b) = (Only(a, needed + b.Labels), Only(b, needed + a.Labels));
        string shared = Common(a.Labels, b.Labels), batch = Common(shared, needed), summed = Except(shared, batch);
        string left = Except(a.Labels, shared), right = Except(b.Labels, shared), labels = batch + left + right;
        if (summed.Length == 0)
        {
            Tensor x = Ordered(a, batch + left), y = Ordered(b, batch + right);
            int[] wide = [.. batch.Select(b.Size), .. left.Select(_ => 1), .. right.Select(b.Size)];
            return new(x.Reshape([.. x.Shape, .. right.Select(_ => 1)]) * y.Reshape(wide), labels);
        }
        Tensor first = Ordered(a, batch + left + summed), second = Ordered(b, batch + summed + right);
        if (left.Length == 1 && summed.Length == 1 && right.Length == 1 && batch.Length <= 1) return new(first.MatMul(second), labels);
        int n = Together(a, batch), m = Together(a, left), k = Together(a, summed), p = Together(b, right);
        var product = first.Reshape(n, m, k).MatMul(second.Reshape(n, k, p));
        return new(product.Reshape([.. batch.Select(a.Size), .. left.Select(a.Size), .. right.Select(b.Size)]), labels);
    }

    /// <summary>How many places some dimensions have together.</summary>
    static int Together(Term term, string labels)
    {
        long count = 1;
        foreach (char label in labels) count *= term.Size(label);
        return checked((int)count);
    }

    static Term Without(Term term, char label)
    {
        int d = term.Labels.IndexOf(label, StringComparison.Ordinal);
        return new(term.Tensor.Squeeze(d), term.Labels.Remove(d, 1));
    }

    static Tensor Ordered(Term term, string labels) => labels == term.Labels ? term.Tensor : term.Tensor.Permute(Places(term, labels));

    /// <summary>Where labels stand in a term.</summary>
    static int[] Places(Term term, string labels)
    {
        int[] places = new int[labels.Length];
        for (int i = 0; i < places.Length; i++) places[i] = term.Labels.IndexOf(labels[i], StringComparison.Ordinal);
        return places;
    }

    static string Common(string labels, string others) => Chosen(labels, l => others.Contains(l, StringComparison.Ordinal));

    static string Except(string labels, string others) => Chosen(labels, l => !others.Contains(l, StringComparison.Ordinal));

    static string Chosen(string labels, Predicate<char> which)
    {
        Span<char> chosen = labels.Length <= 128 ? stackalloc char[labels.Length] : new char[labels.Length];
        int count = 0;
        foreach (char label in labels) if (which(label)) chosen[count++] = label;
        return count == labels.Length ? labels : new(chosen[..count]);
    }
}
