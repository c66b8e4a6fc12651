from khabar._cli import main

main()
