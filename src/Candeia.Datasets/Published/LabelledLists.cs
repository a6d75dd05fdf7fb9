namespace Candeia.Datasets;

/// <summary>Data sets whose pictures and classes stand in lists.</summary>
internal static class LabelledLists
{
    const string Photographs = ".jpg";

    /// <summary>The class begins the name: <c>train/cat.0.jpg</c>. Of the test nobody tells it.</summary>
    public static Labelled DogsAndCats(string folder, string split)
    {
        string[] classes = ["cat", "dog"];
        return Labelled.OfFiles(classes, Layout.Files(Path.Combine(folder, split == "train" ? "train" : "test1"), Photographs)
            .Select(f => (f, Array.IndexOf(classes, Path.GetFileName(f).Split('.')[0]))));
    }

    /// <summary>Lines such as <c>1025794 707-320</c>.</summary>
    public static Labelled Aircraft(string folder, string split, string level)
    {
        string data = Path.Combine(folder, "fgvc-aircraft-2013b", "data");
        string[] classes = Layout.Lines(data, level switch { "variant" => "variants.txt", "family" => "families.txt", _ => "manufacturers.txt" });
        string list = $"images_{level}_{split}.txt";
        var number = Numbers(classes);
        return Labelled.OfFiles(classes, Layout.Lines(data, list).Select((line, i) =>
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0 || !number.TryGetValue(line[(blank + 1)..].Trim(), out int label)) throw new DatasetException(Path.Combine(data, list), i + 1, $"'{line}' is no picture with a {level} that there is; get the data again.");
            return (Layout.Inside(Path.Combine(data, "images"), line[..blank] + Photographs), label);
        }));
    }

    /// <summary>Numbers of pictures, counted from 1, and of classes, in two files of MATLAB.</summary>
    public static Labelled Flowers(string folder, string split)
    {
        long[] labels = Numbers("imagelabels.mat", "labels"), ids = Numbers("setid.mat", split switch { "train" => "trnid", "val" => "valid", _ => "tstid" });
        if (labels.Any(l => l is < 1 or > 102)) throw new DatasetException($"'{Path.Combine(folder, "imagelabels.mat")}' has a class that is not from 1 to 102; get the file again.");
        if (ids.Any(i => i < 1 || i > labels.Length)) throw new DatasetException($"'{Path.Combine(folder, "setid.mat")}' names a picture that is not from 1 to {labels.Length}; get the file again.");
        return Labelled.OfFiles([.. Enumerable.Range(1, 102).Select(i => $"flower {i}")], ids.Select(i => (Path.Combine(folder, "jpg", $"image_{i:00000}.jpg"), (int)labels[i - 1] - 1)));

        long[] Numbers(string file, string name) => MatFile.Array(Path.Combine(folder, file), name).ToArray<long>();
    }

    /// <summary>Lines such as <c>apple_pie/1005649</c>.</summary>
    public static Labelled Food(string folder, string split)
    {
        string root = Path.Combine(folder, "food-101"), lists = Path.Combine(root, "meta");
        string[] classes = Layout.Lines(lists, "classes.txt");
        var number = Numbers(classes);
        return Labelled.OfFiles(classes, Layout.Lines(lists, split + ".txt").Select((line, i) => number.TryGetValue(line.Split('/')[0], out int label)
            ? (Layout.Inside(Path.Combine(root, "images"), line.Trim() + Photographs), label)
            : throw new DatasetException(Path.Combine(lists, split + ".txt"), i + 1, $"'{line}' is of a class that is not in classes.txt; get the data again.")));
    }

    /// <summary>Names of people and how many pictures there are of each, after how many people there are; ten such lists, where they are ten folds.</summary>
    public static Labelled People(string folder, string split)
    {
        string list = split switch { "train" => "peopleDevTrain.txt", "test" => "peopleDevTest.txt", _ => "people.txt" };
        (int Row, string[] Fields)[] people = [.. Layout.Fields(folder, list, 1).Where(line => line.Fields.Length >= 2)];
        string[] classes = [.. people.Select(p => p.Fields[0]).Distinct().Order(StringComparer.Ordinal)];
        var number = Numbers(classes);
        return Labelled.OfFiles(classes, people.SelectMany(p => Enumerable.Range(1, Layout.Whole(Path.Combine(folder, list), p.Row, p.Fields[1], 0, 10_000))
            .Select(i => (Face(folder, p.Fields[0], i), number[p.Fields[0]]))));
    }

    /// <summary>The file of a face.</summary>
    public static string Face(string folder, string name, int number) => Layout.Inside(Path.Combine(folder, "lfw_funneled"), $"{name}/{name}_{number:0000}.jpg");

    /// <summary>Lines such as <c>Abyssinian_100 1 1 1</c>: a picture, its breed, cat or dog, the breed among these.</summary>
    public static Labelled Breeds(string folder, string split)
    {
        var pets = Pets(folder, split);
        return Labelled.OfFiles(BreedNames(pets), pets.Select(p => (Path.Combine(folder, "images", p.Name + Photographs), p.Breed)));
    }

    public static IReadOnlyList<(string Name, int Breed)> Pets(string folder, string split)
    {
        string lists = Path.Combine(folder, "annotations"), file = split + ".txt";
        return [.. Layout.Fields(lists, file, 4).Where(line => line.Fields[0] != "#").Select(line =>
        {
            _ = Layout.Inside(Path.Combine(folder, "images"), line.Fields[0]);
            return (line.Fields[0], Layout.Whole(Path.Combine(lists, file), line.Row, line.Fields[1], 1, 1000) - 1);
        })];
    }

    /// <summary>The names of the breeds, which the names of pictures begin with.</summary>
    public static string[] BreedNames(IReadOnlyList<(string Name, int Breed)> pets)
    {
        string[] names = [.. Enumerable.Range(0, pets.Count == 0 ? 0 : pets.Max(p => p.Breed) + 1).Select(i => $"breed {i + 1}")];
        foreach (var (name, breed) in pets)
            if (name.LastIndexOf('_') is > 0 and var end) names[breed] = string.Join(' ', name[..end].Split('_').Select(word => word is [var first, ..] ? char.ToUpperInvariant(first) + word[1..] : word));
        return names;
    }

    /// <summary>Lines such as <c>/a/airfield/00000001.jpg 0</c>, and such of the classes.</summary>
    public static Labelled Scenes(string folder, string split, string size)
    {
        const string names = "categories_places365.txt";
        (int Row, string[] Fields)[] classes = [.. Layout.Fields(folder, names, 2)];
        string[] all = new string[classes.Length];
        foreach (var (row, fields) in classes) all[Layout.Whole(Path.Combine(folder, names), row, fields[1], 0, all.Length - 1)] = fields[0];
        string list = split == "val" ? "places365_val.txt" : "places365_train_standard.txt", pictures = Path.Combine(folder, split == "val" ? $"val_{size}" : $"data_{size}");
        return Labelled.OfFiles(all, Layout.Fields(folder, list, 2).Select(line => (Layout.Inside(pictures, line.Fields[0]), Layout.Whole(Path.Combine(folder, list), line.Row, line.Fields[1], 0, all.Length - 1))));
    }

    /// <summary>Lines such as <c>banded/banded_0002.jpg</c>, in the list <c>train1.txt</c>.</summary>
    public static Labelled Textures(string folder, string split)
    {
        string root = Path.Combine(folder, "dtd");
        string[] names = Layout.Lines(Path.Combine(root, "labels"), (char.IsAsciiDigit(split[^1]) ? split : split + "1") + ".txt"), classes = [.. names.Select(n => n.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)];
        var number = Numbers(classes);
        return Labelled.OfFiles(classes, names.Select(n => (Layout.Inside(Path.Combine(root, "images"), n.Trim()), number[n.Split('/')[0]])));
    }

    /// <summary>Folders <c>00000</c> to <c>00042</c> to learn from; the classes of the test stand in a table.</summary>
    public static Labelled Signs(string folder, string split)
    {
        const int kinds = 43;
        const string list = "GT-final_test.csv";
        string[] classes = [.. Enumerable.Range(0, kinds).Select(i => $"sign {i}")];
        string root = Path.Combine(folder, "GTSRB"), test = Path.Combine(root, "Final_Test", "Images");
        if (split == "train")
        {
            var found = ClassFolders.Find(Path.Combine(root, "Training"), [".ppm"]);
            return Labelled.OfFiles(classes, found.Files.Zip(found.Labels, (f, l) => (f, Layout.Whole(root, 0, found.Classes[l], 0, kinds - 1))));
        }
        // Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId
        return Labelled.OfFiles(classes, Layout.Fields(folder, list, 8, ';').Skip(1).Select(line => (Layout.Inside(test, line.Fields[0]), Layout.Whole(Path.Combine(folder, list), line.Row, line.Fields[7], 0, kinds - 1))));
    }

    /// <summary>Classes such as <c>/a/abbey</c>, in folders of that name.</summary>
    public static Labelled Sun(string root)
    {
        string[] classes = [.. Layout.Lines(root, "ClassName.txt").Select(line => line.Trim().Split('/', 3) is [_, _, var name] ? name : throw new DatasetException($"'{Path.Combine(root, "ClassName.txt")}' has '{line}' for a class; get the data again."))];
        return Labelled.OfFiles(classes, classes.SelectMany((name, i) => Layout.Files(Layout.Inside(root, $"{name[0]}/{name}"), Photographs).Select(f => (f, i))));
    }

    /// <summary>Folders such as <c>n01440764</c>; what they are called stands in Kaggle's list, if it lies beside them.</summary>
    public static Labelled ImageNet(string folder, string split)
    {
        const string list = "LOC_synset_mapping.txt";
        var words = File.Exists(Path.Combine(folder, list)) ? Layout.Lines(folder, list).Select(l => l.Split(' ', 2)).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1]) : [];
        return Labelled.OfFolders(Path.Combine(folder, split), named: id => words.GetValueOrDefault(id, id));
    }

    /// <summary>Folders of classes to learn from, a list for the test; what the classes are called stands in another.</summary>
    public static Labelled TinyImageNet(string folder, string split)
    {
        string root = Path.Combine(folder, "tiny-imagenet-200");
        string[] ids = [.. Layout.Lines(root, "wnids.txt").Select(l => l.Trim()).Order(StringComparer.Ordinal)];
        var words = Layout.Fields(root, "words.txt", 2, '\t').ToDictionary(line => line.Fields[0], line => line.Fields[1]);
        string[] classes = [.. ids.Select(id => words.GetValueOrDefault(id, id))];
        var number = Numbers(ids);
        if (split == "train")
            return Labelled.OfFiles(classes, ids.SelectMany(id => Layout.Files(Layout.Inside(Path.Combine(root, "train"), id + "/images"), ".jpeg", Photographs).Select(f => (f, number[id]))));
        string list = Path.Combine(root, "val");
        return Labelled.OfFiles(classes, Layout.Fields(list, "val_annotations.txt", 2, '\t').Select(line => number.TryGetValue(line.Fields[1], out int label)
            ? (Layout.Inside(Path.Combine(list, "images"), line.Fields[0]), label)
            : throw new DatasetException(Path.Combine(list, "val_annotations.txt"), line.Row, $"'{line.Fields[1]}' is no class of wnids.txt; get the data again.")));
    }

    static Dictionary<string, int> Numbers(IReadOnlyList<string> classes)
    {
        Dictionary<string, int> numbers = [];
        foreach (var (i, name) in classes.Index()) numbers.TryAdd(name.Trim(), i);
        return numbers;
    }
}
