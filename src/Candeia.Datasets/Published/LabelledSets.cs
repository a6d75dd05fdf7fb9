namespace Candeia.Datasets;

/// <summary>The data sets of pictures in classes: where each comes from, and how it is read.</summary>
internal static class LabelledSets
{
    /// <summary>A data set of the table.</summary>
    /// <param name="Origin">Where it comes from.</param>
    /// <param name="Read">Its pictures, from its folder and a part.</param>
    public sealed record Entry(Origin Origin, Func<string, string, Labelled> Read);

    const string Vgg = "https://www.robots.ox.ac.uk/~vgg/data/", Places = "http://data.csail.mit.edu/places/places365/", Torch = "https://storage.googleapis.com/torch-datasets/";
    const string Faces = "http://vis-www.cs.umass.edu/lfw/", Figshare = "https://ndownloader.figshare.com/files/", Houses = "http://ufldl.stanford.edu/housenumbers/";
    const string Digits = "https://raw.githubusercontent.com/facebookresearch/qmnist/master/qmnist-", Expressions = "https://huggingface.co/datasets/JimmyUnleashed/FER-2013/resolve/main/";
    const string Stl = "http://ai.stanford.edu/~acoates/stl10/";

    /// <summary>The photographs and the lists of pets, which <see cref="SceneSets"/> reads for their outlines.</summary>
    public static Origin Pets { get; } = new("oxford-iiit-pet", ["trainval", "test"], _ =>
    [
        File(Vgg + "pets/data/images.tar.gz", "5c4f3ee8e5d25df40f4fd59a7f44e54c"), File(Vgg + "pets/data/annotations.tar.gz", "95a8c909bbe2e81eed6a22bccdf3f68f"),
    ]);

    public static IReadOnlyDictionary<string, Entry> All { get; } = InFolders().Concat(InLists()).Concat(InMemory()).ToDictionary();

    public static Entry Of(string name) => All.TryGetValue(name, out var entry) ? entry
        : throw new ArgumentException($"There is no data set '{name}'; there are {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}.", nameof(name));

    /// <summary>The photographs of faces, and a list of them.</summary>
    public static CheckedFile[] FacesOf(string list, string checksum) =>
    [
        new("lfw-funneled.tgz", [Figshare + "5976015", Faces + "lfw-funneled.tgz"], 1L << 30, "1b42dfed7d15c9b2dd63d5e5840c86ad"), File(Faces + list, checksum),
    ];

    /// <summary>A file, by its address.</summary>
    public static CheckedFile File(string address, string? checksum, long mostBytes = 1L << 36) => new(address[(address.LastIndexOf('/') + 1)..], [address], mostBytes, checksum);

    static KeyValuePair<string, Entry> Set(string name, string folder, string[] splits, Func<string, IReadOnlyList<CheckedFile>> files, Func<string, string, Labelled> read) =>
        new(name, new(new(folder, splits, files), read));

    static IEnumerable<KeyValuePair<string, Entry>> InFolders()
    {
        yield return Set("bird_species", "bird-species", ["train", "valid", "test"], _ => [File(Torch + "bird-species.zip", null)], (folder, split) => Labelled.OfFolders(Path.Combine(folder, split)));
        yield return Set("caltech101", "caltech101", ["all"], _ => [File("https://data.caltech.edu/records/mzrjq-6wc02/files/caltech-101.zip", "3138e1922a9193bfa496528edbbc45d0")],
            (folder, _) => Labelled.OfFolders(Path.Combine(folder, "caltech-101", "101_ObjectCategories"), counts: c => c != "BACKGROUND_Google"));
        yield return Set("caltech256", "caltech256", ["all"], _ => [File("https://data.caltech.edu/records/nyy15-4j048/files/256_ObjectCategories.tar", "67b4f42ca05d46448c6bb8ecd2220f6d")],
            (folder, _) => Labelled.OfFolders(Path.Combine(folder, "256_ObjectCategories"), named: c => c[(c.IndexOf('.', StringComparison.Ordinal) + 1)..]));
        yield return Set("eurosat", "eurosat", ["all"],
            _ => [File("https://huggingface.co/datasets/torchgeo/eurosat/resolve/c877bcd43f099cd0196738f714544e355477f3fd/EuroSAT.zip", "c8fa014336c82ac7804f0398fcb19387")],
            (folder, _) => Labelled.OfFolders(Path.Combine(folder, "2750")));
        foreach (var (name, file, checksum) in ((string, string, string)[])
            [
                ("imagenette", "imagenette2", "fe2fc210e6bb7c5664d602c3cd71e612"), ("imagenette_320", "imagenette2-320", "3df6f0d01a2c9592104656642f5e78a3"),
                ("imagenette_160", "imagenette2-160", "e793b78cc4c9e9a4ccc0c1155377a412"),
            ])
            yield return Set(name, "imagenette", ["train", "val"], _ => [File($"https://s3.amazonaws.com/fast-ai-imageclas/{file}.tgz", checksum)],
                (folder, split) => Labelled.OfFolders(Path.Combine(folder, file, split), named: ImagenetteName));
    }

    static string ImagenetteName(string folder) => folder switch
    {
        "n01440764" => "tench", "n02102040" => "English springer", "n02979186" => "cassette player", "n03000684" => "chain saw", "n03028079" => "church",
        "n03394916" => "French horn", "n03417042" => "garbage truck", "n03425413" => "gas pump", "n03445777" => "golf ball", "n03888257" => "parachute", _ => folder,
    };

    static IEnumerable<KeyValuePair<string, Entry>> InLists()
    {
        yield return Set("dogs_vs_cats", "dogs-vs-cats", ["train", "test"], _ => [File(Torch + "dogs-vs-cats.zip", null)], LabelledLists.DogsAndCats);
        foreach (string level in (string[])["variant", "family", "manufacturer"])
            yield return Set(level == "variant" ? "fgvc_aircraft" : "fgvc_aircraft_" + level, "fgvc-aircraft", ["train", "val", "trainval", "test"],
                _ => [File(Vgg + "fgvc-aircraft/archives/fgvc-aircraft-2013b.tar.gz", "d4acdd33327262359767eeaa97a4f732")], (folder, split) => LabelledLists.Aircraft(folder, split, level));
        yield return Set("flowers102", "flowers-102", ["train", "val", "test"],
            _ =>
            [
                File(Vgg + "flowers/102/102flowers.tgz", "52808999861908f626f3c1f4e79d11fa"), File(Vgg + "flowers/102/imagelabels.mat", "e0620be6f572b9609742df49c70aed4d"),
                File(Vgg + "flowers/102/setid.mat", "a5357ecc9cb78c4bef273ce3793fc85c"),
            ], LabelledLists.Flowers);
        yield return Set("food101", "food-101", ["train", "test"], _ => [File("http://data.vision.ee.ethz.ch/cvl/food-101.tar.gz", "85eeb15f3717b99a5da872d97d918f87")], LabelledLists.Food);
        yield return Set("lfw_people", "lfw", ["train", "test", "10fold"], split => split switch
        {
            "train" => FacesOf("peopleDevTrain.txt", "54eaac34beb6d042ed3a7d883e247a21"),
            "test" => FacesOf("peopleDevTest.txt", "e4bf5be0a43b5dcd9dc5ccfcb8fb19c5"),
            _ => FacesOf("people.txt", "450f0863dd89e85e73936a6d71a3474b"),
        }, LabelledLists.People);
        yield return new("oxford_pets", new(Pets, LabelledLists.Breeds));
        yield return Set("places365", "places365", ["train", "val"],
            split =>
            [
                File(Places + "filelist_places365-standard.tar", "35a0585fee1fa656440f3ab298f8479c"),
                split == "val" ? File(Places + "val_256.tar", "e27b17d8d44f4af9a78502beb927f808") : File(Places + "train_256_places365standard.tar", "53ca1c756c3d1e7809517cc47c5561c5"),
            ], LabelledLists.Scenes);
        yield return Set("tiny_imagenet", "tiny-imagenet", ["train", "val"], _ => [File("http://cs231n.stanford.edu/tiny-imagenet-200.zip", "90528d7ca1a48142e341f4ef8d21d0de")], LabelledLists.TinyImageNet);
    }

    static IEnumerable<KeyValuePair<string, Entry>> InMemory()
    {
        yield return Set("fer2013", "fer2013", ["train", "test"],
            split => [File(Expressions + split + ".csv.zip", split == "train" ? "e6c225af03577e6dcbb1c59a71d09905" : "024ec789776ef0a390db67b1d7ae60a3")], LabelledPixels.Expressions);
        yield return Set("qmnist", "qmnist", ["train", "test"], split => split == "train"
            ? [File(Digits + "train-images-idx3-ubyte.gz", "ed72d4157d28c017586c42bc6afe6370"), File(Digits + "train-labels-idx2-int.gz", "0058f8dd561b90ffdd0f734c6a30e5e4")]
            : [File(Digits + "test-images-idx3-ubyte.gz", "1394631089c404de565df7b7aeaf9412"), File(Digits + "test-labels-idx2-int.gz", "5b5b05890a5e13444e108efe57b788aa")], LabelledPixels.Qmnist);
        yield return Set("stl10", "stl10", ["train", "test", "unlabeled"], _ => [File(Stl + "stl10_binary.tar.gz", "91f7769df0f17e558f3565bffb0c7dfb")], LabelledPixels.Stl10);
        yield return Set("svhn", "svhn", ["train", "test", "extra"], split => [File(Houses + split + "_32x32.mat", split switch
        {
            "train" => "e26dedcc434d2e4c54c9b2d4a06d8373",
            "test" => "eb5a983be6a315427106f1b164d9cef3",
            _ => "a93ce644f1a588dc4d68dda5feec44a7",
        })], LabelledPixels.Svhn);
    }
}
